import { type Operand, type Tensor, type TensorLike, ValueError } from "@neurite/autograd";
import { readPair } from "../targets.js";
import { type LossOptions, reduced } from "./reduction.js";

export interface HuberOptions extends LossOptions {
  /** The error from which on the cost grows linearly; 1 by default. */
  readonly delta?: number;
}

/**
 * Half the squared error, `d²/2`, of small errors and `delta·(|d| − delta/2)` of those above delta,
 * so that outliers do not decide. Huber, "Robust estimation of a location parameter", 1964.
 */
export function huber(
  prediction: Operand,
  target: TensorLike,
  { delta = 1, ...options }: HuberOptions = {},
): Tensor {
  const [y, t] = readPair("huber", prediction, target);
  if (!(delta > 0)) {
    throw new ValueError("huber", `delta is ${delta}, which is not above 0`, {
      fix: "give delta a value above 0",
    });
  }
  return reduced("huber", "Huber loss", options, () => huberCosts(y.sub(t), delta));
}

/** Both branches in one: `c·(d − c/2)`, where c is the error d cut to [−delta, delta]. */
export function huberCosts(d: Tensor, delta: number): Tensor {
  const c = d.clamp(-delta, delta);
  return c.mul(d.sub(c.mul(0.5)));
}
