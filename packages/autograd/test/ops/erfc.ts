import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

const slopeAt0 = -2 / Math.sqrt(Math.PI);

export const erfc = unary({
  name: "erfc",
  f: (x) => x.erfc(),
  reference: (x) => 1 - series.erf(x),
  points: [
    [0, 1, slopeAt0],
    [-0, 1, slopeAt0],
    [0.5, 0.4795001221869535, -0.8787825789354448],
    [-1, 1.8427007929497148, -0.4151074974205947],
    // The far tail, where 1 − erf(x) is 0.
    [6, 2.1519736712498913e-17, -2.617301239249265e-16],
    [26, 5.663192408856143e-296],
    [-6, 2, -2.617301239249265e-16],
    [inf, 0, -0],
    [-inf, 2, -0],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
