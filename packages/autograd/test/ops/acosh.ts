import { between } from "../support/draw.js";
import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const acosh = unary({
  name: "acosh",
  f: (x) => x.acosh(),
  reference: (x) => series.log(x + Math.sqrt(x * x - 1)),
  draw: between(1.1, 5),
  points: [
    [1, 0, inf],
    [1 + 2 ** -52, 2.1073424255447014e-8, 47453132.81212577],
    [2, 1.3169578969248168, 1 / Math.sqrt(3)],
    [1e200, 461.2101657793691, 1e-200],
    [0.5, nan, nan],
    [-2, nan, nan],
    [inf, inf, 0],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
