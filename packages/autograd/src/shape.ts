import { kindOf } from "./arguments.js";
import { ShapeError } from "./errors.js";

/** The sizes of the axes, outermost first; `[]` is a scalar. */
export type Shape = readonly number[];

/** One axis, several, or (left out) all of them; negative ones count from the end. */
export type Axes = number | readonly number[];

/** Whether reduced axes stay in the shape, with side 1. */
export interface KeepDims {
  readonly keepDims?: boolean;
}

/** The one shape of rank 0: most scalar code compares shapes by identity first. */
export const SCALAR: Shape = Object.freeze([]);

export const showShape = (shape: Shape): string => `[${shape.join(", ")}]`;

export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const side of shape) size *= side;
  return size;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  return a.length === b.length && a.every((side, axis) => side === b[axis]);
}

/** Row-major strides, in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis]!;
  }
  return strides;
}

/**
 * The shape that `a` and `b` broadcast to, aligned at the last axis: equal sides, or one of them 1.
 * Where they are parts of the operands' shapes, `whole` is what an error should name.
 */
export function broadcastShapes(
  op: string,
  a: Shape,
  b: Shape,
  whole?: { readonly shapes: readonly [Shape, Shape]; readonly fix: string },
): Shape {
  if (sameShape(a, b)) return a;
  const rank = Math.max(a.length, b.length);
  const result: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      const { shapes, fix } = whole ?? { shapes: [a, b], fix: broadcastFix(a, b) };
      const [first, second] = shapes.map(showShape);
      const clash = `axis ${axis} is ${left} against ${right}`;
      throw new ShapeError(op, `shapes ${first} and ${second} do not broadcast: ${clash}`, {
        shapes,
        axis,
        fix,
      });
    }
    result.push(left === 1 ? right : left);
  }
  return result;
}

function broadcastFix(a: Shape, b: Shape): string {
  const [last, ...others] = [a, a.slice(1), a.map((side, i) => (i === 0 ? side : 1))]
    .filter((shape, i, all) => shape.length > 0 && all.findIndex((s) => sameShape(s, shape)) === i)
    .map(showShape)
    .reverse();
  const options = others.length > 0 ? `${others.reverse().join(", ")} or ${last}` : last;
  const hint = sameShape([...b].reverse(), a) ? "; transposing it would do" : "";
  return `the second operand must be ${options}${hint}`;
}

/** A possibly negative axis as one in `0 … rank - 1`. */
export function normalizeAxis(op: string, axis: number, rank: number): number {
  if (Number.isInteger(axis) && axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  if (typeof axis !== "number") {
    throw new ShapeError(op, `an axis is ${kindOf(axis)}, expected an integer`, {
      fix: `use an axis from ${-rank} to ${rank - 1}`,
    });
  }
  const range =
    rank === 0 ? "a scalar has no axes" : `the allowed range is ${-rank} to ${rank - 1}`;
  throw new ShapeError(op, `axis ${axis} is out of range for rank ${rank}: ${range}`, {
    axis,
    fix:
      rank === 0
        ? "give the tensor an axis first, as with unsqueeze(0)"
        : `use an axis from ${-rank} to ${rank - 1}`,
  });
}

/** One axis, several or (undefined) all of them, as a sorted list without repeats. */
export function normalizeAxes(op: string, axes: Axes | undefined, rank: number): readonly number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const given = Array.isArray(axes) ? (axes as readonly number[]) : [axes as number];
  const list = given.map((axis) => normalizeAxis(op, axis, rank));
  const sorted = list.sort((a, b) => a - b);
  const twice = sorted.find((axis, i) => axis === sorted[i + 1]);
  if (twice === undefined) return sorted;
  throw new ShapeError(op, `axis ${twice} is named twice in ${JSON.stringify(axes)}`, {
    axis: twice,
    fix: "name each axis once",
  });
}

/** Refuses sides that are negative, fractional or not numbers, and sizes nobody can hold. */
export function checkShape(op: string, shape: Shape, bytesPerElement = 8): void {
  if (!Array.isArray(shape)) {
    throw new ShapeError(op, `the shape is ${kindOf(shape)}, expected a list`, {
      fix: "give one side for each axis, as in [2, 3]",
    });
  }
  for (const side of shape as readonly unknown[]) {
    if (Number.isInteger(side) && (side as number) >= 0) continue;
    if (kindOf(side) === "a tensor") {
      throw new ShapeError(op, "a side is a tensor, and a shape cannot depend on values", {
        fix: "take sizes from shapes, as in x.shape[0], or from plain numbers",
      });
    }
    const what = typeof side === "number" ? side : `${typeof side} ${String(side)}`;
    throw new ShapeError(op, `shape ${showShape(shape)} has the side ${what}`, {
      shapes: [shape],
      fix: "every side must be an integer of at least 0",
    });
  }
  const bytes = sizeOf(shape) * bytesPerElement;
  if (bytes <= 2 ** 33) return;
  throw new ShapeError(op, `shape ${showShape(shape)} would need ${bytes} bytes`, {
    shapes: [shape],
    fix: "check the sides: 8 GiB is the most a tensor may take",
  });
}
