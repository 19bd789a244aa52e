import { AnomalyError, detectAnomaly, type Tensor } from "@neurite/autograd";
import { firstNonFinite } from "../data/finite.js";
import { elementsOf } from "../data/take.js";
import { type Batch, type Learner, passesOf } from "./objective.js";

/** What a bad number came from. */
export interface Culprit {
  /** The operation that made it, if it is known. */
  readonly operation?: string | undefined;
  /** The path of the module whose `forward` recorded the operation. */
  readonly modulePath?: string | undefined;
  readonly site?: string | undefined;
  readonly cause?: AnomalyError | undefined;
}

/**
 * Takes a step that failed once more, as far as its gradients, to find the operation that first
 * made a bad number: on the way to a loss that is not finite, or else in its derivative. `restore`
 * puts back what a step changes.
 */
export function findCulprit(learner: Learner, batch: Batch, restore: () => void): Culprit {
  restore();
  const origin = originOf(learner, batch);
  restore();
  const cause = anomalyOf(learner, batch);
  restore();
  const found = cause && { cause, site: cause.site };
  if (!origin) return { operation: cause?.op, modulePath: cause?.modulePath, ...found };
  return { operation: origin.op.name, modulePath: origin.scope.path, ...found };
}

/** The operation that made an infinite or undefined number of finite ones, which the loss met. */
function originOf(learner: Learner, batch: Batch): Tensor | undefined {
  for (const { goal } of passesOf(learner, batch, learner.loss)) {
    if (isSound(goal)) continue;
    let node = goal;
    for (;;) {
      const bad = node.inputs.find((input) => input.inputs.length > 0 && !isSound(input));
      if (!bad) return node;
      node = bad;
    }
  }
  return undefined;
}

const isSound = (x: Tensor): boolean => firstNonFinite(elementsOf(x)) < 0;

/** The first operation of a step that made NaN of numbers, if one did. */
function anomalyOf(learner: Learner, batch: Batch): AnomalyError | undefined {
  try {
    detectAnomaly(() => {
      for (const { goal } of passesOf(learner, batch, learner.loss)) goal.backward();
    });
  } catch (error) {
    if (error instanceof AnomalyError) return error;
  }
  return undefined;
}
