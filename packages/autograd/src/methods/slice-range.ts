import { checkList } from "../arguments.js";
import { ShapeError } from "../errors.js";
import type { SliceAttrs } from "../ops/slice.js";
import { type Shape, showShape } from "../shape.js";

/** A range along one axis: a place, `[start, stop, step]` with null for an open end, or all. */
export type SliceRange =
  | number
  | null
  | readonly [start: number | null, stop: number | null, step?: number];

/**
 * Turns ranges into what the op takes: positive steps. A negative step becomes a flip of that axis
 * and the mirrored range; a place becomes a range of one, whose axis is dropped afterwards.
 */
export function readSlice(shape: Shape, ranges: readonly SliceRange[]) {
  if (ranges.length > shape.length) {
    throw new ShapeError(
      "slice",
      `${ranges.length} ranges were given for shape ${showShape(shape)}`,
      {
        shapes: [shape],
        fix: `give at most ${shape.length}`,
      },
    );
  }
  const reversed: number[] = [];
  const picked: number[] = [];
  const read = shape.map((side, axis) => {
    const range = ranges[axis] ?? null;
    if (range === null) return [0, side, 1] as const;
    if (typeof range === "number") {
      picked.push(axis);
      return [place(range, side, axis, shape), 1, 1] as const;
    }
    checkList("slice", range, "two or three places", "write [start, stop], a place, or null");
    const [from, to, step = 1] = range;
    if (!Number.isInteger(step) || step === 0) {
      throw new ShapeError("slice", `step ${step} along axis ${axis}`, {
        axis,
        fix: "use a positive or negative integer",
      });
    }
    const fraction = [from, to].find((at) => at !== null && !Number.isInteger(at));
    if (fraction !== undefined) {
      throw new ShapeError("slice", `place ${fraction} along axis ${axis}`, {
        axis,
        fix: "use an integer, or null for an open end",
      });
    }
    const stride = Math.abs(step);
    if (step < 0) reversed.push(axis);
    // Seen from the end that a negative step starts from, place p is side − 1 − p.
    const seen = (at: number) => (step < 0 ? side - 1 - fromEnd(at, side) : fromEnd(at, side));
    const start = clamp(from === null ? 0 : seen(from), side);
    const stop = clamp(to === null ? side : seen(to), side);
    return [start, Math.max(0, Math.ceil((stop - start) / stride)), stride] as const;
  });
  const attrs: SliceAttrs = {
    starts: read.map(([start]) => start),
    counts: read.map(([, count]) => count),
    steps: read.map(([, , step]) => step),
  };
  return { reversed, picked, attrs };
}

const fromEnd = (at: number, side: number): number => (at < 0 ? at + side : at);
const clamp = (at: number, side: number): number => Math.min(Math.max(at, 0), side);

function place(at: number, side: number, axis: number, shape: Shape): number {
  const index = fromEnd(at, side);
  if (Number.isInteger(index) && index >= 0 && index < side) return index;
  throw new ShapeError("slice", `place ${at} is outside axis ${axis} of ${showShape(shape)}`, {
    shapes: [shape],
    axis,
    fix: side === 0 ? "the axis is empty" : `use a place from ${-side} to ${side - 1}`,
  });
}
