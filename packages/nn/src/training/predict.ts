import {
  asTensor,
  compile,
  noGrad,
  ShapeError,
  showShape,
  type Tensor,
  type TensorLike,
  TraceError,
} from "@neurite/autograd";
import { checkBatchSize, DataLoader, equalRows } from "../data/loader.js";
import { concatRows } from "../data/take.js";
import type { Model } from "./model.js";
import { keepModes } from "./modes.js";

export interface PredictOptions {
  /** How many rows go through the model at once; 256 by default. */
  readonly batchSize?: number | undefined;
  /**
   * False computes every batch eagerly. By default the model is compiled where that is worth the
   * time it takes; the numbers are the same, to the bit.
   */
  readonly compile?: boolean | undefined;
}

/** A model as it is used to predict: nothing is recorded. */
export type Forward = (inputs: Tensor) => Tensor;

/** The outputs of the model in evaluation mode, `[rows, ...]`; a constant. */
export function predict(
  model: Model,
  inputs: TensorLike,
  { batchSize = 256, compile: mayCompile = true }: PredictOptions = {},
): Tensor {
  const restore = keepModes(model);
  model.train(false);
  try {
    const rows = asTensor(inputs);
    equalRows("predict", { inputs: rows });
    checkBatchSize("predict", batchSize);
    const eager = forwardOf(model);
    const forward = mayCompile ? compiledInTime(eager, rows.shape[0] ?? 0) : eager;
    return concatRows([...outputsOf(forward, rows, batchSize)]);
  } finally {
    restore();
  }
}

export const forwardOf =
  (model: Model): Forward =>
  (inputs) =>
    noGrad(() => model.apply(inputs));

/** About what compiling a model takes, in milliseconds. */
const compiling = 50;

/** Runs the first batch eagerly, and more of its size compiled if they would take long and can. */
function compiledInTime(eager: Forward, rows: number): Forward {
  const compiled = compile(eager);
  let size = 0;
  let isWorthwhile = false;
  return (inputs) => {
    const count = inputs.shape[0]!;
    if (size === 0) {
      const start = performance.now();
      const output = eager(inputs);
      const rest = ((performance.now() - start) / count) * (rows - count);
      [size, isWorthwhile] = [count, rest > compiling];
      return output;
    }
    if (!isWorthwhile || count !== size) return eager(inputs);
    try {
      return compiled(inputs);
    } catch (error) {
      if (!(error instanceof TraceError)) throw error;
      isWorthwhile = false;
      return eager(inputs);
    }
  };
}

/** The outputs batch by batch, in the mode that the model is in. */
export function* outputsOf(forward: Forward, inputs: Tensor, batchSize = 256): Generator<Tensor> {
  for (const batch of new DataLoader({ inputs }, { batchSize }).epoch()) {
    const output = forward(batch.inputs);
    checkRows(output, batch.inputs);
    yield output;
  }
}

export function checkRows(output: Tensor, inputs: Tensor): void {
  if (output.shape[0] === inputs.shape[0]) return;
  const [found, given] = [showShape(output.shape), showShape(inputs.shape)];
  throw new ShapeError("predict", `the model made ${found} of ${given}: rows got lost`, {
    shapes: [output.shape, inputs.shape],
    axis: 0,
    fix: "keep the first axis: one output for each row",
  });
}
