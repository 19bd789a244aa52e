import { type Operand, ShapeError, scope, showShape, type Tensor } from "@neurite/autograd";
import { checkNumber } from "./options.js";

/** `max(x, 0)`; slope 0 at 0. */
export const relu = (x: Operand): Tensor => x.relu();

/** `min(max(x, 0), 6)`; slope 0 at 0 and 6. Krizhevsky, 2010. */
export const relu6 = (x: Operand): Tensor => inScope("relu6", x, (x) => x.ge(6).where(6, x.relu()));

/** x above 0, `negativeSlope · x` (0.01 by default) elsewhere. Maas, Hannun and Ng, 2013. */
export const leakyRelu = (
  x: Operand,
  { negativeSlope = 0.01 }: { readonly negativeSlope?: number } = {},
): Tensor => inScope("leakyRelu", x, (x) => x.gt(0).where(x, x.mul(negativeSlope)));

/** x above 0, `slope · x` elsewhere, where the slope learns. He, Zhang, Ren and Sun, 2015. */
export const prelu = (x: Operand, slope: Operand): Tensor =>
  inScope("prelu", x, (x) => x.relu().add(negativePart(x).mul(slope)));

/** x above 0, `alpha · (exp(x) − 1)` elsewhere. Clevert, Unterthiner and Hochreiter, 2016. */
export const elu = (x: Operand, { alpha = 1 }: { readonly alpha?: number } = {}): Tensor =>
  inScope("elu", x, (x) => x.relu().add(negativePart(x).expm1().mul(alpha)));

/**
 * `scale · elu(x, alpha)` with the two constants that keep mean 0 and variance 1 from layer to
 * layer. Klambauer, Unterthiner, Mayr and Hochreiter, "Self-normalizing neural networks", 2017.
 */
export const selu = (x: Operand): Tensor =>
  inScope("selu", x, (x) => elu(x, { alpha: 1.6732632423543772 }).mul(1.0507009873554805));

/**
 * `x · Φ(x)`, where Φ is the normal distribution, or with `approximate: "tanh"` its approximation
 * `(1 + tanh(√(2/π)·(x + 0.044715·x³)))/2`. Hendrycks and Gimpel, 2016.
 */
export const gelu = (
  x: Operand,
  { approximate = "none" }: { readonly approximate?: "none" | "tanh" } = {},
): Tensor => gated("gelu", x, approximate === "tanh" ? normalByTanh : normalDistribution);

// erfc keeps the digits of a small Φ(x), which 1 + erf loses. In float32 it would take several
// times as long, for digits that are below the rounding of other activations.
const normalDistribution = (x: Tensor): Tensor => {
  const scaled = x.mul(Math.SQRT1_2);
  return (x.dtype === "float64" ? scaled.neg().erfc() : scaled.erf().add(1)).mul(0.5);
};

const normalByTanh = (x: Tensor): Tensor =>
  x
    .add(x.square().mul(x).mul(0.044715))
    .mul(Math.sqrt(8 / Math.PI))
    .sigmoid();

/** `x · sigmoid(x)`, also called swish. Elfwing, Uchibe and Doya, 2018. */
export const silu = (x: Operand): Tensor => gated("silu", x, (x) => x.sigmoid());

/** `x · tanh(softplus(x))`. Misra, 2019. */
export const mish = (x: Operand): Tensor => gated("mish", x, (x) => x.softplus().tanh());

/** `log(1 + exp(beta · x)) / beta`, a smooth relu that nears it as beta grows from 1. */
export const softplus = (x: Operand, { beta = 1 }: { readonly beta?: number } = {}): Tensor => {
  checkNumber("softplus", "beta", beta, { above: 0 });
  if (beta === 1) return x.softplus();
  return inScope("softplus", x, (x) => x.mul(beta).softplus().div(beta));
};

/** `x / (1 + |x|)`, which nears ±1 more slowly than tanh does. */
export const softsign = (x: Operand): Tensor =>
  inScope("softsign", x, (x) => {
    const isInfinite = x.abs().eq(Number.POSITIVE_INFINITY);
    const finite = isInfinite.where(0, x);
    return isInfinite.where(x.sign(), finite.div(finite.abs().add(1)));
  });

/** `relu6(x + 3) / 6`, sigmoid from three straight lines; slope 0 at −3 and 3. */
export const hardsigmoid = (x: Operand): Tensor =>
  inScope("hardsigmoid", x, (x) => relu6(x.add(3)).div(6));

/** `x · hardsigmoid(x)`; slope 0 at −3, 1 at 3. Howard et al., "MobileNetV3", 2019. */
export const hardswish = (x: Operand): Tensor =>
  // Where the gate is 0, any factor will do, but not −∞.
  inScope("hardswish", x, (x) => x.clamp(-3).mul(hardsigmoid(x)));

/** The logistic function, `1 / (1 + exp(−x))`. */
export const sigmoid = (x: Operand): Tensor => x.sigmoid();

/** `log(sigmoid(x))`, as `−softplus(−x)`, which does not underflow. */
export const logSigmoid = (x: Operand): Tensor =>
  inScope("logSigmoid", x, (x) => x.neg().softplus().neg());

/** The hyperbolic tangent. */
export const tanh = (x: Operand): Tensor => x.tanh();

/**
 * `a · sigmoid(b)` for the halves a and b of an axis, the last by default. Dauphin, Fan, Auli and
 * Grangier, "Language modeling with gated convolutional networks", 2017.
 */
export function glu(x: Operand, axis = -1): Tensor {
  const side = x.shape.at(axis);
  if (side === undefined || side % 2 !== 0) {
    const shape = showShape(x.shape);
    throw new ShapeError("glu", `axis ${axis} of shape ${shape} has no two halves`, {
      shapes: [x.shape],
      axis,
      fix: "give twice as many features as should come out, along this axis",
    });
  }
  return inScope("glu", x, (x) => {
    const [a, b] = x.split(2, axis);
    return a!.mul(b!.sigmoid());
  });
}

/** Positive numbers that sum to 1 along an axis, the last by default, in the ratio of `exp(x)`. */
export const softmax = (x: Operand, axis = -1): Tensor => x.softmax(axis);

/** The logarithm of `softmax`, accurate where that underflows. */
export const logSoftmax = (x: Operand, axis = -1): Tensor => x.logSoftmax(axis);

const inScope = (name: string, x: Operand, f: (x: Tensor) => Tensor): Tensor =>
  scope("", () => f(x.asTensor()), name);

/** `min(x, 0)` with the slope 1 at 0, where `minimum` has a half. */
const negativePart = (x: Tensor): Tensor => x.gt(0).where(0, x);

/**
 * `x · gate(x)` for a gate that opens from 0 to 1 so fast that beyond ±1000 the product is relu to
 * the last bit. It is computed as relu there, where infinity times 0 would spoil values and slopes.
 */
function gated(name: string, x: Operand, gate: (x: Tensor) => Tensor): Tensor {
  return inScope(name, x, (x) => {
    const isFar = x.abs().gt(1000);
    const near = isFar.where(0, x);
    return isFar.where(x.relu(), near.mul(gate(near)));
  });
}
