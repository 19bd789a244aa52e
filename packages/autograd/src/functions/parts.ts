import { ShapeError, ValueError } from "../errors.js";
import type { Tensor } from "../op.js";
import { normalizeAxis, showShape } from "../shape.js";
import { requireInteger } from "./checks.js";

/** The places from `start` to before `stop` along one axis, all along the others. */
export const sliceAlong = (x: Tensor, axis: number, start: number, stop: number): Tensor =>
  x.slice(...x.shape.map((_, i) => (i === axis ? ([start, stop] as const) : null)));

export function split(x: Tensor, parts: number | readonly number[], given: number): Tensor[] {
  const axis = normalizeAxis("split", given, x.rank);
  const side = x.shape[axis]!;
  const sizes = typeof parts === "number" ? equalSizes(x, parts, axis) : parts;
  for (const size of sizes) requireInteger("split", "a size", size, 0);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total !== side) {
    const where = `axis ${axis} of ${showShape(x.shape)}`;
    throw new ShapeError(
      "split",
      `sizes [${sizes.join(", ")}] make ${total}, ${where} has ${side}`,
      {
        shapes: [x.shape],
        axis,
        fix: `give sizes that make ${side}`,
      },
    );
  }
  let stop = 0;
  return sizes.map((size) => {
    stop += size;
    return sliceAlong(x, axis, stop - size, stop);
  });
}

function equalSizes({ shape }: Tensor, parts: number, axis: number): number[] {
  requireInteger("split", "the number of parts", parts, 1);
  const side = shape[axis]!;
  if (side % parts === 0) return Array.from({ length: parts }, () => side / parts);
  const where = `axis ${axis} of ${showShape(shape)}`;
  throw new ShapeError("split", `${where} has ${side} places, which make no ${parts} equal parts`, {
    shapes: [shape],
    axis,
    fix: "give the size of each part, as in split([2, 3])",
  });
}

export function roll(x: Tensor, shift: number, given: number): Tensor {
  const axis = normalizeAxis("roll", given, x.rank);
  requireInteger("roll", "the shift", shift);
  const side = x.shape[axis]!;
  // The remainder with the sign of the divisor; what leaves at the end comes in at the front.
  const front = side === 0 ? 0 : ((shift % side) + side) % side;
  if (front === 0) return x;
  const [start, end] = split(x, [side - front, front], axis);
  return end!.concat([start!], axis);
}

export function topk(
  x: Tensor,
  k: number,
  given: number,
): { readonly values: Tensor; readonly indices: Tensor } {
  const axis = normalizeAxis("topk", given, x.rank);
  const side = x.shape[axis]!;
  requireInteger("topk", "k", k, 0);
  if (k > side) {
    throw new ValueError("topk", `k is ${k}, axis ${axis} of ${showShape(x.shape)} has ${side}`, {
      fix: `use k of at most ${side}`,
    });
  }
  const indices = sliceAlong(x.argsort(axis, { descending: true }), axis, 0, k);
  return { values: x.gather(indices, axis), indices };
}
