import { ShapeError, showNumber, showShape, type Tensor, type Variable } from "@neurite/autograd";
import { firstNonFinite } from "../data/finite.js";
import { elementsOf } from "../data/take.js";
import type { Loss, Model, OptimizerLike } from "./model.js";
import { TrainingError } from "./training-error.js";

export interface Learner {
  readonly model: Model;
  readonly loss: Loss;
  readonly optimizer: OptimizerLike;
}

export interface Batch {
  readonly inputs: Tensor;
  readonly targets: Tensor;
}

interface Place {
  readonly epoch: number;
  readonly step: number;
}

/**
 * One update: forward, backward, optimizer. Throws a TrainingError if the loss, a gradient or an
 * updated parameter is not finite; the parameters are then as they were before the step.
 */
export function trainStep({ model, loss, optimizer }: Learner, batch: Batch, place: Place) {
  optimizer.zeroGrad();
  const output = model.apply(batch.inputs);
  const wrong = loss(output, batch.targets);
  checkScalar(wrong);
  const value = wrong.item();
  const learningRate = optimizer.learningRate.item();
  const fail = (what: string) => new TrainingError(what, { ...place, loss: value, learningRate });
  if (!Number.isFinite(value)) throw fail(`the loss is ${showNumber(value)}`);
  wrong.backward();
  const parameters = [...model.namedParameters()];
  const badGradient = findNonFinite(parameters, ({ grad }) => grad);
  if (badGradient) throw fail(`the gradient of ${badGradient}`);
  const before = parameters.map(([, parameter]) => parameter.leaf);
  optimizer.step();
  const badParameter = findNonFinite(parameters, ({ leaf }) => leaf);
  if (badParameter) {
    for (const [i, [, parameter]] of parameters.entries()) parameter.assign(before[i]!);
    throw fail(`the update of ${badParameter}`);
  }
  return { output, loss: value, learningRate };
}

function findNonFinite(
  parameters: readonly (readonly [path: string, parameter: Variable])[],
  read: (parameter: Variable) => Tensor | null,
): string | undefined {
  for (const [path, parameter] of parameters) {
    const tensor = read(parameter);
    if (!tensor) continue;
    const elements = elementsOf(tensor);
    const at = firstNonFinite(elements);
    if (at >= 0) return `${path} has ${elements[at]}`;
  }
  return undefined;
}

export function checkScalar(loss: Tensor): void {
  if (loss.size === 1) return;
  throw new ShapeError("fit", `the loss has shape ${showShape(loss.shape)}`, {
    shapes: [loss.shape],
    fix: "reduce it to one number, as with .mean()",
  });
}
