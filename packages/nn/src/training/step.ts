import {
  AnomalyError,
  detectAnomaly,
  ShapeError,
  showNumber,
  showShape,
  type Tensor,
  type Variable,
} from "@neurite/autograd";
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

export interface Place {
  readonly epoch: number;
  readonly step: number;
}

interface Done {
  readonly output: Tensor;
  /** Before the update. */
  readonly loss: number;
  readonly learningRate: number;
}

/**
 * One update: forward, backward, optimizer. Throws a TrainingError if the loss, a gradient or an
 * updated parameter is not finite; every variable is then as it was before the step.
 */
export type Step = (batch: Batch, place: Place) => Done;

/** The step that runs operation by operation, and can therefore say what went wrong. */
export function eagerStep(learner: Learner): Step {
  const state = stateOf(learner);
  return (batch, place) => {
    const before = state.map((variable) => variable.leaf);
    const restore = () => {
      for (const [i, variable] of state.entries()) {
        if (variable.leaf !== before[i]) variable.assign(before[i]!);
      }
    };
    try {
      return update(learner, batch, place);
    } catch (error) {
      restore();
      if (!(error instanceof TrainingError)) throw error;
      error.cause = anomalyOf(learner, batch);
      restore();
      throw error;
    }
  };
}

function update({ model, loss, optimizer }: Learner, batch: Batch, place: Place): Done {
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
  optimizer.step();
  const badParameter = findNonFinite(parameters, ({ leaf }) => leaf);
  if (badParameter) throw fail(`the update of ${badParameter}`);
  return { output, loss: value, learningRate };
}

/** The first operation of a step that made NaN of numbers, if one did. */
function anomalyOf({ model, loss }: Learner, batch: Batch): AnomalyError | undefined {
  try {
    detectAnomaly(() => loss(model.apply(batch.inputs), batch.targets).backward());
  } catch (error) {
    if (error instanceof AnomalyError) return error;
  }
  return undefined;
}

/** All that a step may change: parameters, random keys, and what the optimizer remembers. */
export const stateOf = ({ model, optimizer }: Learner): readonly Variable[] =>
  Array.from([...model.namedState(), ...optimizer.namedState()], ([, variable]) => variable);

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
