import { isFloat } from "./dtype.js";
import { DTypeError, ShapeError, ValueError } from "./errors.js";
import type { Tensor } from "./op.js";
import type { Axes, KeepDims, Shape } from "./shape.js";
import { broadcastShapes, normalizeAxes, normalizeAxis, showShape, sizeOf } from "./shape.js";

// Compositions: functions without a rule of their own. Their derivatives follow from their parts.

export function mean(x: Tensor, axes?: Axes, options: KeepDims = {}): Tensor {
  requireFloat("mean", x);
  return x.sum(axes, options).div(countOver("mean", x, axes));
}

/** Two passes: the mean first, then the squared deviations from it. */
export function variance(
  x: Tensor,
  axes?: Axes,
  { correction = 1, ...options }: KeepDims & { readonly correction?: number } = {},
): Tensor {
  const deviation = x.sub(mean(x, axes, { keepDims: true }));
  const divisor = Math.max(0, countOver("variance", x, axes) - correction);
  return deviation.square().sum(axes, options).div(divisor);
}

/** At the origin, where the norm has no derivative, its gradient is 0: the shortest subgradient. */
export function norm(
  x: Tensor,
  axes?: Axes,
  { p = 2, ...options }: KeepDims & { readonly p?: number } = {},
): Tensor {
  requireFloat("norm", x);
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
  if (countOver("logSumExp", x, axes) === 0) return x.exp().sum(axes, options).log();
  const largest = x.max(axes, { keepDims: true }).stopGradient();
  const shift = largest.abs().lt(Number.POSITIVE_INFINITY).where(largest, 0);
  const total = x.sub(shift).exp().sum(axes, options).log();
  return total.add(shift.reshape(total.shape));
}

export function softmax(x: Tensor, axis = -1): Tensor {
  if (x.size === 0) return x;
  const exponentials = x.sub(largestAlong("softmax", x, axis)).exp();
  return exponentials.div(exponentials.sum(axis, { keepDims: true }));
}

export function logSoftmax(x: Tensor, axis = -1): Tensor {
  if (x.size === 0) return x;
  const shifted = x.sub(largestAlong("logSoftmax", x, axis));
  return shifted.sub(shifted.exp().sum(axis, { keepDims: true }).log());
}

export function dot(a: Tensor, vector: Tensor): Tensor {
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
  checkInner(a, b);
  const [rowAxis, innerB] = [a.rank - 1, Math.max(0, b.rank - 2)];
  if (b.rank <= 2) return a.contract(b, { axes: [[rowAxis], [innerB]] });
  if (a.rank === 1) return b.contract(a, { axes: [[innerB], [0]] });
  const batch = broadcastShapes("matmul", a.shape.slice(0, -2), b.shape.slice(0, -2));
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
  throw new ShapeError(
    "matmul",
    `${problem}: axis ${a.rank - 1} of the first is ${left}, axis ${axisB} of the second is ${right}`,
    {
      shapes,
      axis: a.rank - 1,
      fix: turned ? "transpose the second: a.matmul(b.transpose())" : "make the inner sides equal",
    },
  );
}

/** The maximum along the axis, to be subtracted; the result does not depend on it. */
const largestAlong = (op: string, x: Tensor, axis: number): Tensor =>
  x.max(normalizeAxis(op, axis, x.rank), { keepDims: true }).stopGradient();

const countOver = (op: string, x: Tensor, axes: Axes | undefined): number =>
  sizeOf(normalizeAxes(op, axes, x.rank).map((axis) => x.shape[axis]!));

function requireFloat(op: string, x: Tensor): void {
  if (isFloat(x.dtype)) return;
  throw new DTypeError(op, `expected float32 or float64, got ${x.dtype}`, {
    shapes: [x.shape],
    fix: 'convert with .cast("float32")',
  });
}
