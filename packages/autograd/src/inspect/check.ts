import { grad } from "../differentiate/grad.js";
import { isFloat } from "../dtype.js";
import { DTypeError, GradientError } from "../errors.js";
import type { Operand } from "../methods/operand.js";
import type { Tensor } from "../op.js";
import { key, normal } from "../random.js";
import { showShape } from "../shape.js";
import { tensor } from "../tensor.js";

export interface CheckOptions {
  /** How often to differentiate: 1 checks gradients, 2 also gradients of gradients. */
  readonly order?: number;
  /** The step of the central difference. */
  readonly step?: number;
  readonly atol?: number;
  readonly rtol?: number;
}

export interface CheckReport {
  /** How many derivatives were compared. */
  readonly checked: number;
  /** The largest |analytic − numeric|. */
  readonly worst: number;
}

/**
 * Compares the derivatives of `f` at `inputs` (float64) with central differences, element by
 * element, and throws a GradientError that names the worst one if any is off. The result is
 * weighted by fixed random numbers, so that errors in different outputs cannot cancel. Tolerances
 * are those of PyTorch's `gradcheck`: |a − n| ≤ atol + rtol·|n| with 1e-5 and 1e-3, step 1e-6.
 */
export function checkGradients(
  f: (...inputs: Tensor[]) => Operand,
  inputs: readonly Operand[],
  { order = 1, step = 1e-6, atol = 1e-5, rtol = 1e-3 }: CheckOptions = {},
): CheckReport {
  const points = inputs.map((input, i) => float64Point(input.asTensor(), i));
  const result = f(...points).asTensor();
  if (!isFloat(result.dtype)) {
    throw new DTypeError("checkGradients", `the result is ${result.dtype}, which has no gradient`, {
      fix: "check a function with a float64 result",
    });
  }
  const weights = normal(key(points.length + order), result.shape, { dtype: "float64" });
  const weighted = (...x: Tensor[]) =>
    f(...x)
      .asTensor()
      .mul(weights)
      .sum();
  const analytic = (...x: Tensor[]): Tensor[] => {
    const own = x.map((point) => point.alias());
    return grad(weighted(...own), own);
  };
  const report = compare(weighted, points, analytic(...points), { step, atol, rtol });
  if (order <= 1) return report;
  return points.reduce((total, _, i) => {
    const next = checkGradients((...x) => analytic(...x)[i]!, points, {
      order: order - 1,
      step,
      atol,
      rtol,
    });
    return { checked: total.checked + next.checked, worst: Math.max(total.worst, next.worst) };
  }, report);
}

function float64Point(point: Tensor, i: number): Tensor {
  if (point.dtype === "float64") return tensor(point.toTypedArray(), { shape: point.shape });
  throw new DTypeError("checkGradients", `input ${i} is ${point.dtype}, expected float64`, {
    fix: 'use float64 inputs, as with .cast("float64"): differences drown in float32 rounding',
  });
}

function compare(
  f: (...inputs: Tensor[]) => Tensor,
  points: readonly Tensor[],
  gradients: readonly Tensor[],
  { step, atol, rtol }: Required<Omit<CheckOptions, "order">>,
): CheckReport {
  let checked = 0;
  let worst = 0;
  for (const [i, point] of points.entries()) {
    const analytic = gradients[i]!.toTypedArray();
    for (let at = 0; at < analytic.length; at++) {
      const numeric = centralDifference(f, points, i, at, step);
      const error = Math.abs(analytic[at]! - numeric);
      checked++;
      worst = Math.max(worst, error);
      if (error <= atol + rtol * Math.abs(numeric)) continue;
      throw new GradientError(
        "checkGradients",
        `the derivative by element ${at} of input ${i} ${showShape(point.shape)} is ` +
          `${analytic[at]}, but a central difference with step ${step} gives ${numeric}`,
        { shapes: [point.shape], fix: "look at the rule of the operation that this input enters" },
      );
    }
  }
  return { checked, worst };
}

function centralDifference(
  f: (...inputs: Tensor[]) => Tensor,
  points: readonly Tensor[],
  input: number,
  at: number,
  step: number,
): number {
  const point = points[input]!;
  const shifted = (by: number): number => {
    const data = point.toTypedArray();
    data[at]! += by;
    const moved = tensor(data, { shape: point.shape });
    return f(...points.with(input, moved)).item();
  };
  return (shifted(step) - shifted(-step)) / (2 * step);
}
