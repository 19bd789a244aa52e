import type { Operand, Tensor } from "../../src/index.js";
import type { OpName } from "../ops/index.js";
import type { OpSamples } from "../support/sample.js";
import { detach } from "./detach.js";
import { dot } from "./dot.js";
import { logSoftmax } from "./logSoftmax.js";
import { logSumExp } from "./logSumExp.js";
import { matmul } from "./matmul.js";
import { mean } from "./mean.js";
import { norm } from "./norm.js";
import { softmax } from "./softmax.js";
import { square } from "./square.js";
import { squeeze } from "./squeeze.js";
import { stack } from "./stack.js";
import { unsqueeze } from "./unsqueeze.js";
import { variance } from "./variance.js";

/** The methods of a tensor that return one. */
type Method = {
  [K in keyof Operand]: Operand[K] extends (...args: never[]) => Tensor ? K : never;
}[keyof Operand];

/** The methods that are no primitives, nor plumbing of the graph; and the functions like them. */
export type Composition = Exclude<Method, OpName | "asTensor" | "constantLike"> | "stack";

/** What the tests know of each composition: one without a record does not compile. */
export const compositionSamples: { readonly [K in Composition]: OpSamples } = {
  detach,
  dot,
  logSoftmax,
  logSumExp,
  matmul,
  mean,
  norm,
  softmax,
  square,
  squeeze,
  stack,
  unsqueeze,
  variance,
};
