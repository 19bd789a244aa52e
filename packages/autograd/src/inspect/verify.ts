import { GradientError } from "../errors.js";
import type { Operand } from "../methods/operand.js";
import type { Tensor } from "../op.js";
import { type CheckOptions, checkGradients } from "./check.js";

/** A call at which the rules of an operation are checked. */
interface Call {
  readonly inputs: readonly Operand[];
  readonly apply: (...x: Tensor[]) => Tensor;
}

/**
 * Holds the rules of a new operation against central differences; without rules it is only run.
 * Those of a surrogate are run once, because they differ on purpose.
 */
export function verifyRules(
  calls: readonly Call[],
  {
    differentiable,
    surrogate,
    order,
    name,
  }: Required<Pick<CheckOptions, "order" | "name">> & {
    readonly differentiable: boolean;
    readonly surrogate: string | undefined;
  },
): void {
  if (calls.length === 0) {
    throw new GradientError(name, "there are no samples to check the rules at", {
      fix: "give some as the option samples, float64 and away from kinks",
    });
  }
  const options = { name, order: surrogate === undefined ? order : 1 };
  for (const { inputs, apply } of calls) {
    if (differentiable) checkGradients(apply, inputs, options);
    else apply(...inputs.map((input) => input.asTensor()));
  }
}
