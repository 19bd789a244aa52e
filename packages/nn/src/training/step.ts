import { showNumber, type Tensor, type Variable } from "@neurite/autograd";
import { firstNonFinite } from "../data/finite.js";
import { elementsOf } from "../data/take.js";
import { findCulprit } from "./culprit.js";
import { type Batch, joinOutputs, type Learner, passesOf, stateOf } from "./objective.js";
import { TrainingError } from "./training-error.js";

export interface Place {
  readonly epoch: number;
  readonly step: number;
}

export interface Done {
  readonly output: Tensor;
  /** Before the update. */
  readonly loss: number;
  readonly learningRate: number;
}

/** A step that must not be taken. */
interface Fault {
  /** What is not finite. */
  readonly fault: string;
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
    let isDone = false;
    try {
      const result = update(learner, batch);
      if ("fault" in result) {
        const culprit = findCulprit(learner, batch, restore);
        throw new TrainingError(result.fault, { ...place, ...result, ...culprit });
      }
      isDone = true;
      return result;
    } finally {
      if (!isDone) restore();
    }
  };
}

function update(learner: Learner, batch: Batch): Done | Fault {
  const { model, optimizer, loss: judge } = learner;
  optimizer.zeroGrad();
  const learningRate = optimizer.learningRate.item();
  const passes: { output: Tensor; loss: Tensor }[] = [];
  for (const pass of passesOf(learner, batch, judge)) {
    const [loss, goal] = [pass.loss.item(), pass.goal.item()];
    if (!Number.isFinite(goal)) {
      const what = Number.isFinite(loss) ? "the penalty" : "the loss";
      return { fault: `${what} is ${showNumber(goal)}`, loss, learningRate };
    }
    pass.goal.backward();
    passes.push(pass);
  }
  const loss = totalOf(passes).item();
  const parameters = [...model.namedParameters()];
  const badGradient = findNonFinite(parameters, ({ grad }) => grad);
  if (badGradient) return { fault: `the gradient of ${badGradient}`, loss, learningRate };
  learner.clip?.(optimizer.parameters);
  optimizer.step();
  const badParameter = findNonFinite(parameters, ({ leaf }) => leaf);
  if (badParameter) return { fault: `the update of ${badParameter}`, loss, learningRate };
  return { output: joinOutputs(passes), loss, learningRate };
}

/** The loss of a batch: the sum of the shares of its passes. */
export const totalOf = (passes: readonly { readonly loss: Tensor }[]): Tensor =>
  passes.map(({ loss }) => loss.stopGradient()).reduce((sum, loss) => sum.add(loss));

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
