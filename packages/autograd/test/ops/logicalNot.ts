import { tensor } from "../../src/index.js";
import { oneOf } from "../support/draw.js";
import { unary } from "../support/unary.js";

export const logicalNot = unary({
  name: "logicalNot",
  f: (x) => x.logicalNot(),
  reference: (x) => 1 - x,
  draw: oneOf(0, 1),
  dtype: "bool",
  differentiable: false,
  points: [],
  errors: [
    {
      title: "numbers",
      inputs: [tensor([0, 1])],
      apply: (x) => x!.logicalNot(),
      error: "DTypeError",
      says: ["expected bool, got float32", "x.ne(0)"],
    },
  ],
  dtypes: {},
});
