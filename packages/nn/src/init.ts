import type { DType, Key, Shape, Tensor } from "@neurite/autograd";
import * as autograd from "@neurite/autograd";
import { ShapeError, showShape, ValueError } from "@neurite/autograd";
import { orthonormal } from "./init/orthonormal.js";
import { truncated } from "./init/truncated.js";

/** Makes the first value of a parameter. Weights are laid out `[out, in, ...]`. */
export type Init = (shape: Shape, key: Key, dtype: DType) => Tensor;

/** All zeros: for biases, and for whatever should begin without an effect. */
export const zeros: Init = (shape, _, dtype) => autograd.zeros(shape, { dtype });

/** All ones: for gains. */
export const ones: Init = (shape, _, dtype) => autograd.ones(shape, { dtype });

/** One number everywhere. */
export const constant =
  (value: number): Init =>
  (shape, _, dtype) =>
    autograd.full(shape, value, { dtype });

/** Uniform in [min, max). */
export const uniform =
  (min = -1, max = 1): Init =>
  (shape, key, dtype) =>
    autograd.uniform(key, shape, { min, max, dtype: floating(dtype) });

/** Normal with the given mean and standard deviation. */
export const normal =
  (mean = 0, std = 1): Init =>
  (shape, key, dtype) =>
    autograd.normal(key, shape, { mean, std, dtype: floating(dtype) });

/** Uniform within ±1/√fanIn, as PyTorch's layers begin; `fanIn` is by default that of the shape. */
export const fanInUniform =
  (fanIn?: number): Init =>
  (shape, key, dtype) =>
    symmetric(1 / Math.sqrt(fanIn ?? fans(shape).fanIn))(shape, key, dtype);

/** Uniform within ±gain·√(6 / (fanIn + fanOut)): Glorot and Bengio, 2010. */
export const xavierUniform =
  (gain = 1): Init =>
  (shape, key, dtype) => {
    const { fanIn, fanOut } = fans(shape);
    return symmetric(gain * Math.sqrt(6 / (fanIn + fanOut)))(shape, key, dtype);
  };

/** Normal with the standard deviation gain·√(2 / (fanIn + fanOut)): Glorot and Bengio, 2010. */
export const xavierNormal =
  (gain = 1): Init =>
  (shape, key, dtype) => {
    const { fanIn, fanOut } = fans(shape);
    return normal(0, gain * Math.sqrt(2 / (fanIn + fanOut)))(shape, key, dtype);
  };

/**
 * Uniform within ±√3·gain/√fan, with the gain √2 of relu: Kaiming He et al., 2015. The fan is that
 * of the inputs, which keeps the scale of values, or of the outputs, which keeps that of gradients.
 */
export const kaimingUniform =
  (gain = Math.SQRT2, fan: "fanIn" | "fanOut" = "fanIn"): Init =>
  (shape, key, dtype) =>
    symmetric(gain * Math.sqrt(3 / fans(shape)[fan]))(shape, key, dtype);

/** Normal with the deviation gain/√fan, with the gain √2 of relu: Kaiming He et al., 2015. */
export const kaimingNormal =
  (gain = Math.SQRT2, fan: "fanIn" | "fanOut" = "fanIn"): Init =>
  (shape, key, dtype) =>
    normal(0, gain / Math.sqrt(fans(shape)[fan]))(shape, key, dtype);

/** Uniform within ±√(3/fanIn): LeCun et al., "Efficient BackProp", 1998. */
export const lecunUniform = (): Init => kaimingUniform(1);

/**
 * Normal with the deviation 1/√fanIn, without what lies beyond 2 deviations of the curve before it
 * is cut, as in JAX: LeCun et al., "Efficient BackProp", 1998.
 */
export const lecunNormal = (): Init => (shape, key, dtype) => {
  // The deviation of a standard normal distribution cut at ±2.
  const std = 1 / Math.sqrt(fans(shape).fanIn) / 0.8796256610342398;
  return truncNormal(0, std, -2 * std, 2 * std)(shape, key, dtype);
};

/** Normal within [min, max], which are values, not deviations, as in PyTorch. */
export const truncNormal =
  (mean = 0, std = 1, min = -2, max = 2): Init =>
  (shape, key, dtype) =>
    truncated(key, shape, { mean, std, min, max }).cast(floating(dtype));

/**
 * Rows, or columns if there are fewer, that are orthogonal and of length gain: lengths and angles
 * pass unchanged. Kernels `[out, in, ...]` count as rows `[out, in·...]`. Uniform over all such
 * matrices. Saxe et al., "Exact solutions to the nonlinear dynamics of learning", ICLR 2014.
 */
export const orthogonal =
  (gain = 1): Init =>
  (shape, key, dtype) => {
    const [rows = 1, ...rest] = shape;
    if (rest.length === 0) {
      throw new ShapeError("orthogonal", `expected a matrix, got shape ${showShape(shape)}`, {
        shapes: [shape],
        fix: "use it for weights [out, in, ...], and another initialiser for biases",
      });
    }
    const columns = rest.reduce((product, side) => product * side, 1);
    const q = orthonormal(key, rows, columns).reshape(shape);
    return q.mul(gain).cast(floating(dtype));
  };

const gains = {
  linear: () => 1,
  sigmoid: () => 1,
  tanh: () => 5 / 3,
  relu: () => Math.SQRT2,
  leakyRelu: (slope: number) => Math.sqrt(2 / (1 + slope ** 2)),
  selu: () => 3 / 4,
};

/**
 * By what to multiply the deviation of weights so that the function after them keeps the scale, as
 * PyTorch's `calculate_gain`; `slope` is that of leakyRelu below 0.
 */
export function gain(after: keyof typeof gains, slope = 0.01): number {
  if (Object.hasOwn(gains, after)) return gains[after](slope);
  throw new ValueError("gain", `no gain is known for "${after}"`, {
    fix: `use one of: ${Object.keys(gains).join(", ")}`,
  });
}

const symmetric = (bound: number): Init => uniform(-bound, bound);

/** How many inputs reach a unit and how many units an input reaches, for `[out, in, ...kernel]`. */
export function fans(shape: Shape): { readonly fanIn: number; readonly fanOut: number } {
  if (shape.length <= 1) return { fanIn: Math.max(1, shape[0] ?? 1), fanOut: 1 };
  const [out, inputs, ...kernel] = shape as readonly [number, number, ...number[]];
  const area = kernel.reduce((product, side) => product * side, 1);
  return { fanIn: inputs * area, fanOut: out * area };
}

function floating(dtype: DType): "float32" | "float64" {
  if (dtype === "float32" || dtype === "float64") return dtype;
  throw new ValueError("init", `random parameters cannot be ${dtype}`, {
    fix: 'use dtype "float32" or "float64"',
  });
}
