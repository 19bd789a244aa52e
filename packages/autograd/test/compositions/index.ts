import type { Operand, Tensor } from "../../src/index.js";
import type { OpName } from "../ops/index.js";
import type { OpSamples } from "../support/sample.js";
import { all } from "./all.js";
import { any } from "./any.js";
import { avgPool1d } from "./avgPool1d.js";
import { avgPool2d } from "./avgPool2d.js";
import { checkpoint } from "./checkpoint.js";
import { clamp } from "./clamp.js";
import { conv1d } from "./conv1d.js";
import { conv2d } from "./conv2d.js";
import { convTranspose1d } from "./convTranspose1d.js";
import { convTranspose2d } from "./convTranspose2d.js";
import { cumprod } from "./cumprod.js";
import { cumsum } from "./cumsum.js";
import { detach } from "./detach.js";
import { diag } from "./diag.js";
import { dot } from "./dot.js";
import { einsum } from "./einsum.js";
import { indexSelect } from "./indexSelect.js";
import { inv } from "./inv.js";
import { logSoftmax } from "./logSoftmax.js";
import { logSumExp } from "./logSumExp.js";
import { matmul } from "./matmul.js";
import { maxPool1d } from "./maxPool1d.js";
import { maxPool2d } from "./maxPool2d.js";
import { mean } from "./mean.js";
import { norm } from "./norm.js";
import { outer } from "./outer.js";
import { permute } from "./permute.js";
import { reciprocal } from "./reciprocal.js";
import { repeat } from "./repeat.js";
import { roll } from "./roll.js";
import { scan } from "./scan.js";
import { softmax } from "./softmax.js";
import { sort } from "./sort.js";
import { split } from "./split.js";
import { square } from "./square.js";
import { squeeze } from "./squeeze.js";
import { stack } from "./stack.js";
import { std } from "./std.js";
import { takeAlongAxis } from "./takeAlongAxis.js";
import { tile } from "./tile.js";
import { topk } from "./topk.js";
import { trace } from "./trace.js";
import { tril } from "./tril.js";
import { triu } from "./triu.js";
import { unsqueeze } from "./unsqueeze.js";
import { upsample } from "./upsample.js";
import { variance } from "./variance.js";

/** The methods of a tensor that return one. */
type Method = {
  [K in keyof Operand]: Operand[K] extends (...args: never[]) => Tensor ? K : never;
}[keyof Operand];

/** The methods that are no primitives, nor plumbing of the graph; and the functions like them. */
export type Composition =
  | Exclude<Method, OpName | "asTensor" | "constantLike" | "placeholderLike">
  | "avgPool1d"
  | "avgPool2d"
  | "checkpoint"
  | "conv1d"
  | "conv2d"
  | "convTranspose1d"
  | "convTranspose2d"
  | "einsum"
  | "maxPool1d"
  | "maxPool2d"
  | "scan"
  | "split"
  | "stack"
  | "topk"
  | "upsample";

/** What the tests know of each composition: one without a record does not compile. */
export const compositionSamples: { readonly [K in Composition]: OpSamples } = {
  all,
  any,
  avgPool1d,
  avgPool2d,
  checkpoint,
  clamp,
  conv1d,
  conv2d,
  convTranspose1d,
  convTranspose2d,
  cumprod,
  cumsum,
  detach,
  diag,
  dot,
  einsum,
  indexSelect,
  inv,
  logSoftmax,
  logSumExp,
  matmul,
  maxPool1d,
  maxPool2d,
  mean,
  norm,
  outer,
  permute,
  reciprocal,
  repeat,
  roll,
  scan,
  softmax,
  sort,
  split,
  square,
  squeeze,
  stack,
  std,
  takeAlongAxis,
  tile,
  topk,
  trace,
  tril,
  triu,
  unsqueeze,
  upsample,
  variance,
};
