import { ValueError } from "@neurite/autograd";
import { checkOptions } from "../option-names.js";
import { Schedule, type Scheduled } from "./schedule.js";

export interface MultiStepLROptions {
  /** After how many steps the rate changes, in ascending order. */
  readonly milestones: readonly number[];
  /** What it is multiplied by each time: γ, 0.1 by default. */
  readonly gamma?: number;
}

/** Stairs at steps of one's choice: `initial·γ^n` after n milestones. As in PyTorch. */
export class MultiStepLR extends Schedule {
  readonly #options: Required<MultiStepLROptions>;

  constructor(optimizer: Scheduled, options: MultiStepLROptions) {
    super(optimizer);
    const { milestones, gamma = 0.1 } = checkOptions("MultiStepLR", options, [
      "milestones",
      "gamma",
    ]);
    const isNext = (at: number, i: number) =>
      Number.isSafeInteger(at) && at > (i === 0 ? 0 : milestones[i - 1]!);
    if (milestones.length === 0 || !milestones.every(isNext)) {
      throw new ValueError("MultiStepLR", `milestones is [${milestones.join(", ")}]`, {
        fix: "give milestones positive integers in ascending order, one at least",
      });
    }
    this.check("gamma", gamma, { min: 0 });
    this.#options = { milestones: [...milestones], gamma };
  }

  override rateFrom(initial: number, step: number): number {
    const { milestones, gamma } = this.#options;
    return initial * gamma ** milestones.filter((at) => at <= step).length;
  }
}
