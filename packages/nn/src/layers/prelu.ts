import { ShapeError, showShape, type Tensor, type Variable } from "@neurite/autograd";
import { prelu } from "../activations.js";
import { overChannels } from "../channels.js";
import { constant } from "../init.js";
import { Module, type ModuleOptions } from "../module.js";
import { checkOptions } from "../option-names.js";
import { checkCount } from "../options.js";

export interface PReLUOptions extends ModuleOptions {
  /** How many slopes there are: 1, the default, or one for each channel of axis 1. */
  readonly numParameters?: number;
  /** What the slopes are at first; 0.25 by default. */
  readonly init?: number;
}

/**
 * x above 0, `weight · x` elsewhere, with slopes that learn. He, Zhang, Ren and Sun, "Delving deep
 * into rectifiers", 2015.
 */
export class PReLU extends Module {
  /** `[numParameters]`: the slopes below 0. */
  readonly weight: Variable;

  constructor(options: PReLUOptions = {}) {
    super(checkOptions("PReLU", options, ["numParameters", "init", "key", "dtype"]));
    const { numParameters = 1, init = 0.25 } = options;
    checkCount("PReLU", "numParameters", numParameters);
    this.weight = this.parameter([numParameters], { init: constant(init) });
  }

  forward(x: Tensor): Tensor {
    const slopes = this.weight.size;
    if (slopes === 1) return prelu(x, this.weight.reshape([]));
    if (x.rank < 2 || x.shape[1] !== slopes) {
      const problem = `expected shape [batch, ${slopes}, …], got ${showShape(x.shape)}`;
      throw new ShapeError("PReLU", problem, {
        shapes: [x.shape, this.weight.shape],
        axis: 1,
        fix: `give the layer numParameters: ${x.shape[1] ?? 1}, or 1 for one slope everywhere`,
      });
    }
    return prelu(x, overChannels(this.weight, x.rank));
  }
}
