import { compile, type Key, normal, type Tensor, valueAndGrad } from "@neurite/autograd";
import type { Layer } from "../layers/layer.js";
import { checkCount, checkNumber } from "../options.js";
import { activationAt } from "./activation-at.js";
import { evaluating } from "./evaluating.js";
import type { UnitPlace } from "./input-patterns.js";
import { checkUnit, unitAxisOf, unitCount } from "./unit-axis.js";

export interface ActivationMaximisationOptions {
  /** Of one input, without the axis of rows. */
  readonly shape: readonly number[];
  /** Where the input starts from; the same key gives the same result. */
  readonly key: Key;
  /** The Euclidean norm that the input may have at most; 1 by default. */
  readonly norm?: number;
  /** How many steps to take; 100 by default. */
  readonly steps?: number;
  /** The length of a step, as a share of the norm; 0.1 by default. */
  readonly rate?: number;
  readonly dtype?: "float32" | "float64";
}

export interface MaximalInput {
  /** `[1, …]`. */
  readonly input: Tensor;
  /** How the unit answers to it, the mean over its places if it has many. */
  readonly activation: number;
  /** The same before every step. */
  readonly history: readonly number[];
}

/**
 * The input of bounded norm to which a unit answers most strongly, by gradient ascent: from a
 * random one, steps of fixed length along the gradient, each brought back into the ball of the
 * norm. Erhan, Bengio, Courville and Vincent, "Visualizing higher-layer features of a deep
 * network", 2009.
 */
export function activationMaximisation(
  model: Layer,
  { path, unit, axis }: UnitPlace,
  options: ActivationMaximisationOptions,
): MaximalInput {
  const { shape, key, norm = 1, steps = 100, rate = 0.1, dtype = "float32" } = options;
  checkCount("activationMaximisation", "steps", steps);
  checkNumber("activationMaximisation", "norm", norm, { above: 0 });
  checkNumber("activationMaximisation", "rate", rate, { min: 0 });
  const answer = valueAndGrad((x: Tensor) => {
    const output = activationAt("activationMaximisation", model, x, path);
    const along = axis ?? unitAxisOf(output);
    checkUnit("activationMaximisation", path, output, along, unit);
    return output.split(unitCount(output, along), along)[unit]!.mean();
  });
  const toBall = (x: Tensor): Tensor => {
    const length = x.norm();
    return x.mul(length.gt(norm).where(length.constantLike(norm).div(length), 1));
  };
  const ascend = compile((x: Tensor) => {
    const [value, g] = answer(x);
    const length = g.norm();
    const direction = g.div(length.gt(0).where(length, 1));
    return { value, next: toBall(x.add(direction.mul(rate * norm))) };
  });
  return evaluating(model, () => {
    let x = toBall(normal(key, [1, ...shape], { dtype }));
    const history: number[] = [];
    for (let step = 0; step < steps; step++) {
      const { value, next } = ascend(x);
      history.push(value.item());
      x = next;
    }
    return { input: x, activation: ascend(x).value.item(), history };
  });
}
