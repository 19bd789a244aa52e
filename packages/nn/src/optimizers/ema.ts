import type { Tensor } from "@neurite/autograd";
import { checkOptions } from "../option-names.js";
import { checkNumber } from "../options.js";
import { AveragedParameters } from "./averaged.js";
import type { ParameterList } from "./parameter-list.js";

export interface EMAOptions {
  /** How much of the average an update keeps: d, 0.999 by default. */
  readonly decay?: number;
}

/**
 * The exponential moving average of parameters: `a ← d·a + (1 − d)·p`, from the values at the first
 * update. As PyTorch's AveragedModel with get_ema_multi_avg_fn. Polyak and Juditsky, "Acceleration
 * of stochastic approximation by averaging", 1992.
 */
export class EMA extends AveragedParameters {
  readonly #decay: number;

  constructor(parameters: ParameterList, options: EMAOptions = {}) {
    super(parameters);
    const { decay = 0.999 } = checkOptions("EMA", options, ["decay"]);
    checkNumber("EMA", "decay", decay, { min: 0, max: 1 });
    this.#decay = decay;
  }

  protected next(average: Tensor, parameter: Tensor): Tensor {
    return average.mul(this.#decay).add(parameter.mul(1 - this.#decay));
  }
}
