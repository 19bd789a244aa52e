import { ShapeError, showShape, type Tensor, ValueError, type Variable } from "@neurite/autograd";
import { ones, zeros } from "../init.js";
import { Module, type ModuleOptions } from "../module.js";
import { checkOptions } from "../option-names.js";
import { checkCount, checkNumber } from "../options.js";
import { momentsOver, scaleAndShiftChannels, standardize } from "./statistics.js";

export interface GroupNormOptions extends ModuleOptions {
  /** How many groups of neighbouring channels are normalised together. */
  readonly numGroups: number;
  /** How many channels there are: axis 1 of the input. */
  readonly numChannels: number;
  /** Added to the variance, so that nothing is divided by 0; 1e-5 by default. */
  readonly eps?: number;
  /** Whether each channel learns a scale and a shift; true by default. */
  readonly affine?: boolean;
}

/**
 * Brings each group of channels of `[batch, numChannels, …]` to mean 0 and variance 1, each sample
 * by itself, with the biased variance. Wu and He, "Group normalization", 2018.
 */
export class GroupNorm extends Module {
  /** `[numChannels]`: the scale of each channel, 1 at first. */
  readonly weight: Variable | null;
  /** `[numChannels]`: the shift of each channel, 0 at first. */
  readonly bias: Variable | null;
  readonly numGroups: number;
  readonly numChannels: number;
  readonly eps: number;

  constructor(options: GroupNormOptions) {
    super(
      checkOptions("GroupNorm", options, [
        "numGroups",
        "numChannels",
        "eps",
        "affine",
        "key",
        "dtype",
      ]),
    );
    const { numGroups, numChannels, eps = 1e-5, affine = true } = options;
    checkCount("GroupNorm", "numGroups", numGroups);
    checkCount("GroupNorm", "numChannels", numChannels);
    checkNumber("GroupNorm", "eps", eps, { min: 0 });
    if (numChannels % numGroups !== 0) {
      const problem = `does not divide numChannels = ${numChannels}`;
      throw new ValueError("GroupNorm", `numGroups is ${numGroups}, which ${problem}`, {
        fix: "give numChannels a multiple of numGroups",
      });
    }
    this.numGroups = numGroups;
    this.numChannels = numChannels;
    this.eps = eps;
    this.weight = affine ? this.parameter([numChannels], { init: ones }) : null;
    this.bias = affine ? this.parameter([numChannels], { init: zeros }) : null;
  }

  forward(x: Tensor): Tensor {
    const { numGroups, numChannels } = this;
    const [batch, channels, ...places] = x.shape;
    if (batch === undefined || channels !== numChannels) {
      const expected = `[batch, ${numChannels}, …]`;
      const problem = `expected shape ${expected}, got ${showShape(x.shape)}`;
      throw new ShapeError("GroupNorm", problem, {
        shapes: [x.shape],
        axis: 1,
        fix: `give the layer numChannels: ${channels ?? 1}, or reshape what goes in`,
      });
    }
    const size = places.reduce((product, side) => product * side, channels / numGroups);
    const { variance, deviation } = momentsOver(x.reshape([batch, numGroups, size]), [2]);
    const y = standardize(deviation, variance, this.eps).reshape(x.shape);
    return scaleAndShiftChannels(y, this.weight, this.bias);
  }
}
