import {
  asTensor,
  noGrad,
  ShapeError,
  showShape,
  type Tensor,
  type TensorLike,
} from "@neurite/autograd";
import { Loader } from "../data/loader.js";
import { concatRows } from "../data/take.js";
import type { Model } from "./model.js";
import { keepModes } from "./modes.js";

export interface PredictOptions {
  /** How many rows go through the model at once; 256 by default. */
  readonly batchSize?: number | undefined;
}

/** A model as it is used to predict: nothing is recorded. */
export type Forward = (inputs: Tensor) => Tensor;

/** The outputs of the model in evaluation mode, `[rows, ...]`; a constant. */
export function predict(
  model: Model,
  inputs: TensorLike,
  { batchSize }: PredictOptions = {},
): Tensor {
  const restore = keepModes(model);
  model.train(false);
  try {
    return concatRows([...outputsOf(forwardOf(model), asTensor(inputs), batchSize)]);
  } finally {
    restore();
  }
}

export const forwardOf =
  (model: Model): Forward =>
  (inputs) =>
    noGrad(() => model.apply(inputs));

/** The outputs batch by batch, in the mode that the model is in. */
export function* outputsOf(forward: Forward, inputs: Tensor, batchSize = 256): Generator<Tensor> {
  for (const batch of new Loader({ inputs }, { batchSize }).epoch()) {
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
