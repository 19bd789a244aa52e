import { unary } from "../support/unary.js";
import { any, inf, nan } from "../support/values.js";

export const alias = unary({
  name: "alias",
  f: (x) => x.alias(),
  reference: (x) => x,
  points: [
    [-0, -0, 1],
    [inf, inf, 1],
    [nan, nan, 1],
  ],
  dtypes: any,
});
