import { checkDTypes, isFloat } from "./dtype.js";
import { DTypeError, ShapeError, ValueError } from "./errors.js";
import type { Tensor } from "./op.js";
import {
  type Axes,
  broadcastShapes,
  type KeepDims,
  normalizeAxes,
  normalizeAxis,
  type Shape,
  showShape,
  sizeOf,
} from "./shape.js";

// Compositions: functions without a rule of their own. Their derivatives follow from their parts.

export function mean(x: Tensor, axes?: Axes, options: KeepDims = {}): Tensor {
  requireFloat("mean", x);
  const count = countOver("mean", x, axes);
  return x.sum(axes, options).div(count);
}

/** Two passes: the mean first, then the squared deviations from it. */
export function variance(
  x: Tensor,
  axes?: Axes,
  { correction = 1, ...options }: KeepDims & { readonly correction?: number } = {},
): Tensor {
  requireFloat("variance", x);
  const divisor = Math.max(0, countOver("variance", x, axes) - correction);
  const deviation = x.sub(mean(x, axes, { keepDims: true }));
  return deviation.square().sum(axes, options).div(divisor);
}

/** At the origin, where the norm has no derivative, its gradient is 0: the shortest subgradient. */
export function norm(
  x: Tensor,
  given?: Axes,
  { p = 2, ...options }: KeepDims & { readonly p?: number } = {},
): Tensor {
  requireFloat("norm", x);
  const axes = normalizeAxes("norm", given, x.rank);
  if (!(p >= 1)) {
    throw new ValueError("norm", `p = ${p} makes no norm`, { fix: "use p of at least 1" });
  }
  if (p === 1) return x.abs().sum(axes, options);
  if (p === Number.POSITIVE_INFINITY) return x.abs().max(axes, options);
  const powers = p === 2 ? x.square() : x.abs().pow(p);
  const total = powers.sum(axes, options);
  // The root is taken of 1 where the total is 0, so that its infinite slope there is never met.
  const isZero = total.eq(0);
  const safe = isZero.where(1, total);
  return isZero.where(0, p === 2 ? safe.sqrt() : safe.pow(1 / p));
}

export function logSumExp(x: Tensor, axes?: Axes, options: KeepDims = {}): Tensor {
  requireFloat("logSumExp", x);
  if (countOver("logSumExp", x, axes) === 0) return x.exp().sum(axes, options).log();
  const largest = x.max(axes, { keepDims: true }).stopGradient();
  const shift = largest.abs().lt(Number.POSITIVE_INFINITY).where(largest, 0);
  const total = x.sub(shift).exp().sum(axes, options).log();
  return total.add(shift.reshape(total.shape));
}

export function softmax(x: Tensor, axis = -1): Tensor {
  const place = rowAxis("softmax", x, axis);
  if (x.size === 0) return x;
  const exponentials = x.sub(largestAlong(x, place)).exp();
  return exponentials.div(exponentials.sum(place, { keepDims: true }));
}

export function logSoftmax(x: Tensor, axis = -1): Tensor {
  const place = rowAxis("logSoftmax", x, axis);
  if (x.size === 0) return x;
  const shifted = x.sub(largestAlong(x, place));
  return shifted.sub(shifted.exp().sum(place, { keepDims: true }).log());
}

export function dot(a: Tensor, vector: Tensor): Tensor {
  checkDTypes("dot", [a, vector]);
  if (vector.rank === 1 && a.rank >= 1 && a.shape.at(-1) === vector.shape[0]) {
    return a.contract(vector, { axes: [[a.rank - 1], [0]] });
  }
  const shapes = [a.shape, vector.shape] as const;
  const [left, right] = shapes.map(showShape);
  const inner = `${a.shape.at(-1) ?? "no axis"} against ${vector.shape[0] ?? "no axis"}`;
  throw new ShapeError("dot", `shapes ${left} and ${right} do not multiply: ${inner}`, {
    shapes,
    fix:
      vector.rank > 1
        ? "dot takes a vector; for matrices use matmul"
        : `the vector needs the length of the last axis, ${a.shape.at(-1) ?? 1}`,
  });
}

export function matmul(a: Tensor, b: Tensor): Tensor {
  checkDTypes("matmul", [a, b]);
  checkInner(a, b);
  const [rowAxis, innerB] = [a.rank - 1, Math.max(0, b.rank - 2)];
  if (b.rank <= 2) return a.contract(b, { axes: [[rowAxis], [innerB]] });
  if (a.rank === 1) return b.contract(a, { axes: [[innerB], [0]] });
  const batch = broadcastShapes("matmul", a.shape.slice(0, -2), b.shape.slice(0, -2), {
    shapes: [a.shape, b.shape],
    fix: "the axes before the last two must be equal, or 1 on either side",
  });
  const axes = batch.map((_, axis) => axis);
  const rank = batch.length;
  return a
    .broadcastTo([...batch, ...a.shape.slice(-2)])
    .contract(b.broadcastTo([...batch, ...b.shape.slice(-2)]), {
      axes: [[rank + 1], [rank]],
      batch: [axes, axes],
    });
}

function checkInner(a: Tensor, b: Tensor): void {
  const shapes: [Shape, Shape] = [a.shape, b.shape];
  const problem = `shapes ${showShape(a.shape)} and ${showShape(b.shape)} do not multiply`;
  if (a.rank === 0 || b.rank === 0) {
    throw new ShapeError("matmul", `${problem}: a scalar has no axis to sum over`, {
      shapes,
      fix: "scale with mul",
    });
  }
  const axisB = Math.max(0, b.rank - 2);
  const [left, right] = [a.shape.at(-1), b.shape[axisB]];
  if (left === right) return;
  const turned = b.rank >= 2 && b.shape.at(-1) === left;
  const axisA = a.rank - 1;
  const clash = `axis ${axisA} of the first is ${left}, axis ${axisB} of the second is ${right}`;
  throw new ShapeError("matmul", `${problem}: ${clash}`, {
    shapes,
    axis: axisA,
    fix: turned ? "transpose the second: a.matmul(b.transpose())" : "make the inner sides equal",
  });
}

/** The maximum along the axis, to be subtracted; the result does not depend on it. */
const largestAlong = (x: Tensor, axis: number): Tensor =>
  x.max(axis, { keepDims: true }).stopGradient();

function rowAxis(op: string, x: Tensor, axis: number): number {
  requireFloat(op, x);
  return normalizeAxis(op, axis, x.rank);
}

const countOver = (op: string, x: Tensor, axes: Axes | undefined): number =>
  sizeOf(normalizeAxes(op, axes, x.rank).map((axis) => x.shape[axis]!));

function requireFloat(op: string, x: Tensor): void {
  if (isFloat(x.dtype)) return;
  throw new DTypeError(op, `expected float32 or float64, got ${x.dtype}`, {
    shapes: [x.shape],
    fix: 'convert with .cast("float32")',
  });
}
