import type { Shape, Tensor, Variable } from "@neurite/autograd";
import { ones, zeros } from "../init.js";
import { Module, type ModuleOptions } from "../module.js";
import { checkOptions } from "../option-names.js";
import { checkNumber } from "../options.js";
import { lastAxes, readShape } from "./normalized-shape.js";
import { momentsOver, scaleAndShift, standardize } from "./statistics.js";

export interface LayerNormOptions extends ModuleOptions {
  /** The sides of the last axes, over which is normalised; a number stands for one axis. */
  readonly normalizedShape: number | Shape;
  /** Added to the variance, so that nothing is divided by 0; 1e-5 by default. */
  readonly eps?: number;
  /** Whether each element of `normalizedShape` learns a scale and a shift; true by default. */
  readonly elementwiseAffine?: boolean;
  /** Whether there is a shift beside the scale; true by default. */
  readonly bias?: boolean;
}

/**
 * Brings the last axes to mean 0 and variance 1, each sample by itself:
 * `y = weight·(x − mean)/√(variance + eps) + bias`, with the biased variance. Ba, Kiros and Hinton,
 * "Layer normalization", 2016.
 */
export class LayerNorm extends Module {
  /** `normalizedShape`: 1 at first. */
  readonly weight: Variable | null;
  /** `normalizedShape`: 0 at first. */
  readonly bias: Variable | null;
  readonly eps: number;
  readonly #shape: Shape;

  constructor(options: LayerNormOptions) {
    super(
      checkOptions("LayerNorm", options, [
        "normalizedShape",
        "eps",
        "elementwiseAffine",
        "bias",
        "key",
        "dtype",
      ]),
    );
    const { normalizedShape, eps = 1e-5, elementwiseAffine = true, bias = true } = options;
    checkNumber("LayerNorm", "eps", eps, { min: 0 });
    this.eps = eps;
    this.#shape = readShape("LayerNorm", normalizedShape);
    this.weight = elementwiseAffine ? this.parameter(this.#shape, { init: ones }) : null;
    this.bias = elementwiseAffine && bias ? this.parameter(this.#shape, { init: zeros }) : null;
  }

  forward(x: Tensor): Tensor {
    const { variance, deviation } = momentsOver(x, lastAxes("LayerNorm", x, this.#shape));
    return scaleAndShift(standardize(deviation, variance, this.eps), this.weight, this.bias);
  }
}
