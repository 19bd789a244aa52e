import { between } from "../support/draw.js";
import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const erfInv = unary({
  name: "erfInv",
  f: (x) => x.erfInv(),
  reference: (x) => series.bisect((y) => series.erf(y) - x, -4, 4),
  draw: between(-0.97, 0.97),
  points: [
    [0, 0, Math.sqrt(Math.PI) / 2],
    [1, inf, inf],
    [-1, -inf, inf],
    [1.5, nan, nan],
    [nan, nan, nan],
    // The far ranges of the approximation, worked out to 50 digits.
    [0.999, 2.3267537655135246],
    [0.9999999845827421, 3.9999999998859477],
    [0.9999999999999927, 5.500370140673225],
    [1 - 2 ** -53, 5.863584748755168],
  ],
  dtypes: analytic,
});
