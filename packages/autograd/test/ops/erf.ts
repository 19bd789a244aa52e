import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

const slopeAt0 = 2 / Math.sqrt(Math.PI);

export const erf = unary({
  name: "erf",
  f: (x) => x.erf(),
  reference: series.erf,
  points: [
    [0, 0, slopeAt0],
    [-0, -0, slopeAt0],
    [1e-9, 1.1283791670955127e-9, slopeAt0],
    [0.5, 0.5204998778130465, 0.8787825789354448],
    [-1, -0.8427007929497149, 0.4151074974205947],
    [6, 1, 2.617301239249265e-16],
    [inf, 1, 0],
    [-inf, -1, 0],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
