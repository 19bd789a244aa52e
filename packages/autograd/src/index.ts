export {
  type AsyncStep,
  type Compiled,
  type CompileOptions,
  compile,
} from "./compile/compile.js";
export type { AsyncEngine, AsyncLoadedGraph, Engine, LoadedGraph } from "./compile/engine.js";
export type { Explanation, Report, TaskReport } from "./compile/explain.js";
export { setThreads } from "./compile/runtime/threads.js";
export { arange, concat, full, ones, stack, zeros } from "./creation.js";
export { type DefinedOp, type DefineOpOptions, defineOp, type OpDefinition } from "./define-op.js";
export type { BackwardRecord } from "./differentiate/backward.js";
export { grad, valueAndGrad } from "./differentiate/grad.js";
export { jvp } from "./differentiate/jvp.js";
export { inputsAt, type Topology, topology } from "./differentiate/topology.js";
export { vjp } from "./differentiate/vjp.js";
export type { DType, TypedArray } from "./dtype.js";
export * from "./errors.js";
export { conv1d, conv2d } from "./functions/convolution.js";
export type { ConvolutionOptions, Pair } from "./functions/convolution-options.js";
export {
  type CumulativeOptions,
  linearRecurrence,
  type RecurrenceOptions,
} from "./functions/cumulative.js";
export { einsum } from "./functions/einsum.js";
export {
  type AveragePoolOptions,
  avgPool1d,
  avgPool2d,
  type MaxPoolOptions,
  maxPool1d,
  maxPool2d,
} from "./functions/pooling.js";
export {
  convTranspose1d,
  convTranspose2d,
  type TransposedConvolutionOptions,
} from "./functions/transposed-convolution.js";
export { type UpsampleOptions, upsample } from "./functions/upsample.js";
export { detectAnomaly } from "./inspect/anomaly.js";
export { type CheckOptions, type CheckReport, checkGradients } from "./inspect/check.js";
export { describe, showNumber } from "./inspect/describe.js";
export { printGraph } from "./inspect/print.js";
export type { BackpropInput, BackpropStep, ElementExpansion } from "./inspect/steps.js";
export {
  type Histogram,
  type TensorStats,
  type TensorStatsOptions,
  tensorStats,
} from "./inspect/tensor-stats.js";
export type { Literal } from "./literal.js";
export { Operand } from "./methods/operand.js";
export type { WindowSteps } from "./methods/product.js";
export type { TensorLike } from "./methods/recorder.js";
export type { SliceRange } from "./methods/slice-range.js";
export type { Nested } from "./ndarray.js";
export type { Family, Formula, Op, Spec } from "./op.js";
export * as ops from "./ops/index.js";
export {
  bernoulli,
  foldIn,
  type Key,
  key,
  normal,
  permutation,
  split,
  uniform,
} from "./random.js";
export { noGrad } from "./recording.js";
export { currentScope, Scope, scope } from "./scope.js";
export { type DeserializeOptions, deserialize } from "./serialize/deserialize.js";
export { serialize } from "./serialize/serialize.js";
export { type Axes, type KeepDims, type Shape, sameShape, showShape } from "./shape.js";
export { asTensor, type Tensor, tensor } from "./tensor.js";
export { type Effects, guarded } from "./trace/effects.js";
export type { Graph } from "./trace/graph.js";
export { replay } from "./trace/replay.js";
export { type Traced, trace } from "./trace/trace.js";
export { checkpoint } from "./transform/checkpoint.js";
export { type CustomRule, type CustomVjpOptions, customVjp } from "./transform/custom-vjp.js";
export { hessian, hvp, jacobian } from "./transform/jacobian.js";
export { type ScanOptions, scan } from "./transform/scan.js";
export { type LaneAxes, vmap } from "./transform/vmap.js";
export { mapTree, type Tree, type TreeOf } from "./tree.js";
export { scalar, Variable, variable } from "./variable.js";
