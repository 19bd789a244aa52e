import type { Op, Tensor } from "../../op.js";
import * as ops from "../../ops/index.js";
import { scanOp } from "../../transform/scan-op.js";

/**
 * What becomes of an op: a lane expression, which is fused with its neighbours; one of positions,
 * with which a nest begins; a fold, which is fused where it folds rows; another view of memory;
 * tasks of its own; or a call of JavaScript, and then why.
 */
export type Lowering =
  | "lanes"
  | "positional"
  | "fold"
  | "view"
  | "tasks"
  | { readonly host: string };

const lanes = "lanes";
const view = "view";
const tasks = "tasks";
const positional = "positional";
const algebra = { host: "linear algebra" } as const;

/** Every op, by name. */
export const lowerings = {
  abs: lanes,
  acos: lanes,
  acosh: lanes,
  add: lanes,
  alias: view,
  argmax: tasks,
  argmin: tasks,
  argsort: tasks,
  asin: lanes,
  asinh: lanes,
  atan: lanes,
  atan2: lanes,
  atanh: lanes,
  broadcastTo: view,
  cast: lanes,
  ceil: lanes,
  cholesky: algebra,
  cofactors: algebra,
  concat: tasks,
  contract: tasks,
  cos: lanes,
  cosh: lanes,
  det: algebra,
  div: lanes,
  eq: lanes,
  erf: lanes,
  erfInv: lanes,
  erfc: lanes,
  exp: lanes,
  expm1: lanes,
  flip: view,
  floor: lanes,
  fmod: lanes,
  fold: tasks,
  gather: tasks,
  ge: lanes,
  gt: lanes,
  isFinite: lanes,
  isNaN: lanes,
  le: lanes,
  linearRecurrence: tasks,
  log: lanes,
  log1p: lanes,
  log2: lanes,
  logicalAnd: lanes,
  logicalNot: lanes,
  logicalOr: lanes,
  logicalXor: lanes,
  lt: lanes,
  max: "fold",
  maximum: lanes,
  min: "fold",
  minimum: lanes,
  mul: lanes,
  ne: lanes,
  neg: lanes,
  oneHot: positional,
  pad: tasks,
  pow: lanes,
  prod: "fold",
  randomPermutation: tasks,
  randomUniform: positional,
  relu: lanes,
  remainder: lanes,
  reshape: view,
  round: lanes,
  rsqrt: lanes,
  scatterAdd: tasks,
  sech: lanes,
  sigmoid: lanes,
  sign: lanes,
  sin: lanes,
  sinh: lanes,
  slice: view,
  softplus: lanes,
  solve: algebra,
  sqrt: lanes,
  stopGradient: view,
  sub: lanes,
  sum: "fold",
  tan: lanes,
  tanh: lanes,
  threefry: positional,
  transpose: view,
  trunc: lanes,
  unfold: view,
  where: lanes,
} as const satisfies Readonly<Record<keyof typeof ops, Lowering>>;

/** The lowering of a built-in op; others are called in JavaScript as their authors wrote them. */
export function loweringOf({ op }: { readonly op: Op }): Lowering {
  if ((ops as Readonly<Record<string, Op>>)[op.name] === op) {
    return lowerings[op.name as keyof typeof ops];
  }
  if (op.tuple || op.pick) return tasks;
  return { host: "an op of one's own" };
}

/** Whether the elements are numbers that a kernel can fold to the bit. */
export const isFoldable = ({ op, dtype, inputs: [x] }: Tensor): boolean =>
  x!.size > 0 && !(op.name === "prod" && dtype === "int32");

/** Whether a node is a loop. */
export const isLoop = ({ op }: Tensor): boolean => op === (scanOp as Op<never>);
