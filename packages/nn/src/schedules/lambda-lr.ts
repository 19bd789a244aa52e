import { ValueError } from "@neurite/autograd";
import { checkOptions } from "../option-names.js";
import { Schedule, type Scheduled } from "./schedule.js";

export interface LambdaLROptions {
  /** The rate after so many steps, as a multiple of the initial one. */
  readonly lambda: (step: number) => number;
}

/** A formula of one's own: `initial·lambda(t)`. As in PyTorch. */
export class LambdaLR extends Schedule {
  readonly #lambda: (step: number) => number;

  constructor(optimizer: Scheduled, options: LambdaLROptions) {
    super(optimizer);
    const { lambda } = checkOptions("LambdaLR", options, ["lambda"]);
    this.#lambda = lambda;
    this.apply();
  }

  override rateFrom(initial: number, step: number): number {
    const factor = this.#lambda(step);
    if (factor >= 0 && factor < Number.POSITIVE_INFINITY) return initial * factor;
    throw new ValueError("LambdaLR", `lambda(${step}) is ${factor}, which is not in [0, ∞)`, {
      fix: "let it return a finite factor of at least 0",
    });
  }
}
