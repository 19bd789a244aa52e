import type { Shape, Tensor, Variable } from "@neurite/autograd";
import { ones } from "../init.js";
import { Module, type ModuleOptions } from "../module.js";
import { checkOptions } from "../option-names.js";
import { checkNumber } from "../options.js";
import { lastAxes, readShape } from "./normalized-shape.js";
import { scaleAndShift, standardize } from "./statistics.js";

export interface RMSNormOptions extends ModuleOptions {
  /** The sides of the last axes, over which is normalised; a number stands for one axis. */
  readonly normalizedShape: number | Shape;
  /** Added to the mean square; the machine epsilon of the input's dtype by default. */
  readonly eps?: number;
  /** Whether each element of `normalizedShape` learns a scale; true by default. */
  readonly elementwiseAffine?: boolean;
}

/**
 * Brings the last axes to root mean square 1, each sample by itself: `y = weight·x/√(mean x² +
 * eps)`. Zhang and Sennrich, "Root mean square layer normalization", 2019.
 */
export class RMSNorm extends Module {
  /** `normalizedShape`: 1 at first. */
  readonly weight: Variable | null;
  readonly #eps: number | undefined;
  readonly #shape: Shape;

  constructor(options: RMSNormOptions) {
    super(
      checkOptions("RMSNorm", options, [
        "normalizedShape",
        "eps",
        "elementwiseAffine",
        "key",
        "dtype",
      ]),
    );
    const { normalizedShape, eps, elementwiseAffine = true } = options;
    if (eps !== undefined) checkNumber("RMSNorm", "eps", eps, { min: 0 });
    this.#eps = eps;
    this.#shape = readShape("RMSNorm", normalizedShape);
    this.weight = elementwiseAffine ? this.parameter(this.#shape, { init: ones }) : null;
  }

  forward(x: Tensor): Tensor {
    const axes = lastAxes("RMSNorm", x, this.#shape);
    const meanSquare = x.square().mean(axes, { keepDims: true }).as("mean square");
    const eps = this.#eps ?? (x.dtype === "float64" ? Number.EPSILON : 2 ** -23);
    return scaleAndShift(standardize(x, meanSquare, eps), this.weight, null);
  }
}
