import { GradientError, grad, noGrad, type Tensor } from "@neurite/autograd";

/**
 * The derivative of an activation function at each element: of the output by what the function was
 * applied to, which it has to be made of element by element.
 */
export function slopeOf(output: Tensor, preActivation: Tensor): Tensor {
  return pulledBack(output, output.constantLike(1), [preActivation])[0]!;
}

/** The mean |σ′| over all elements. */
export function meanSlopeOf(output: Tensor, preActivation: Tensor): number {
  const slopes = slopeOf(output, preActivation);
  return noGrad(() => slopes.abs().cast("float64").mean().item());
}

/** What the gradient `g` of an output becomes at nodes that it was computed from; constants. */
export function pulledBack(output: Tensor, g: Tensor, nodes: readonly Tensor[]): Tensor[] {
  const product = output.mul(g.stopGradient()).sum();
  if (product.inputs.length === 0) {
    throw new GradientError("gradientReport", "nothing is recorded inside noGrad", {
      fix: "call it outside noGrad",
    });
  }
  return noGrad(() => grad(product, nodes));
}
