import type { Tensor } from "../op.js";
import { checkShape, normalizeAxis } from "../shape.js";
import { requireInteger } from "./checks.js";

export function tile(x: Tensor, counts: readonly number[]): Tensor {
  for (const count of counts) requireInteger("tile", "a count", count, 0);
  const rank = Math.max(x.rank, counts.length);
  // Both aligned at the last axis; what is missing in front is 1.
  const full = (list: readonly number[]) => [...Array(rank - list.length).fill(1), ...list];
  const [sides, times] = [full(x.shape), full(counts)];
  checkShape(
    "tile",
    sides.map((side, axis) => side * times[axis]!),
  );
  return x
    .reshape(sides.flatMap((side) => [1, side]))
    .broadcastTo(sides.flatMap((side, axis) => [times[axis]!, side]))
    .reshape(sides.map((side, axis) => side * times[axis]!));
}

export function repeat(x: Tensor, count: number, given: number): Tensor {
  const axis = normalizeAxis("repeat", given, x.rank);
  requireInteger("repeat", "the count", count, 0);
  const side = x.shape[axis]! * count;
  checkShape("repeat", x.shape.with(axis, side));
  return x
    .unsqueeze(axis + 1)
    .broadcastTo(x.shape.toSpliced(axis + 1, 0, count))
    .reshape(x.shape.with(axis, side));
}
