import type { Workload } from "../harness/workload.js";
import { softmax, sum, tanhChain } from "./elementwise.js";
import { gemms } from "./gemm.js";
import { memoryBounds } from "./memory-bound.js";
import { scalarGraph } from "./w1-scalar-graph.js";
import { tinyMlp } from "./w2-tiny-mlp.js";
import { classifier } from "./w3-classifier.js";
import { lstm } from "./w4-lstm.js";
import { residual } from "./w5-residual.js";
import { inferenceOfBatch, inferenceOfOne } from "./w6-inference.js";
import { convolution } from "./w7-convolution.js";

export const workloads: readonly Workload[] = [
  ...gemms,
  scalarGraph,
  tinyMlp,
  classifier,
  lstm,
  residual,
  inferenceOfOne,
  inferenceOfBatch,
  convolution,
  tanhChain,
  softmax,
  sum,
  ...memoryBounds,
];
