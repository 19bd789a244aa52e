import { checkList } from "../arguments.js";
import { ShapeError } from "../errors.js";
import { diag, triangle } from "../functions/diagonals.js";
import { roll, split } from "../functions/parts.js";
import { repeat, tile } from "../functions/repeats.js";
import { named } from "../naming.js";
import type { Tensor } from "../op.js";
import * as ops from "../ops/index.js";
import {
  checkShape,
  normalizeAxes,
  normalizeAxis,
  type Shape,
  sameShape,
  showShape,
  sizeOf,
} from "../shape.js";
import { Analytic } from "./analytic.js";
import { readSlice, type SliceRange } from "./slice-range.js";

/** The same elements elsewhere: shapes, orders, parts. Axis −1 is the last. */
export abstract class Movement extends Analytic {
  /** Repeats along new leading axes and along axes of side 1. */
  broadcastTo(shape: Shape): Tensor {
    checkList("broadcastTo", shape, "sides", "give one side for each axis, as in [2, 3]");
    const x = this.asTensor();
    return sameShape(x.shape, shape)
      ? x
      : this.apply(ops.broadcastTo, [this], { shape: [...shape] });
  }

  /** The elements in the same order under another shape; one side may be −1: whatever is left. */
  reshape(shape: Shape): Tensor {
    const x = this.asTensor();
    const full = completeShape(x.shape, shape);
    return sameShape(x.shape, full) ? x : this.apply(ops.reshape, [this], { shape: full });
  }

  /**
   * Reorders the axes: axis i of the result is `order[i]`. Without an order, swaps the last two.
   */
  transpose(order?: readonly number[]): Tensor {
    const x = this.asTensor();
    const full = order ? readOrder(order, x.rank) : swapLast(x.rank);
    if (full.every((axis, i) => axis === i)) return x;
    return this.apply(ops.transpose, [this], { order: full });
  }

  /** Reorders the axes: `transpose` with an order. */
  permute(order: readonly number[]): Tensor {
    return named("permute", () => this.transpose(order));
  }

  /** Adds axes of side 1, at these places of the result. */
  unsqueeze(...axes: readonly number[]): Tensor {
    const x = this.asTensor();
    const rank = x.rank + axes.length;
    const added = normalizeAxes("unsqueeze", axes, rank);
    let next = 0;
    return this.reshape(
      Array.from({ length: rank }, (_, axis) => (added.includes(axis) ? 1 : x.shape[next++]!)),
    );
  }

  /** Removes axes of side 1: these, or all of them. */
  squeeze(...axes: readonly number[]): Tensor {
    const { shape, rank } = this.asTensor();
    const removed = axes.length > 0 ? normalizeAxes("squeeze", axes, rank) : undefined;
    const wide = removed?.find((axis) => shape[axis] !== 1);
    if (wide !== undefined) {
      throw new ShapeError(
        "squeeze",
        `axis ${wide} of ${showShape(shape)} has side ${shape[wide]}`,
        {
          shapes: [shape],
          axis: wide,
          fix: "only axes of side 1 can be removed",
        },
      );
    }
    return this.reshape(
      shape.filter((side, axis) => (removed ? !removed.includes(axis) : side !== 1)),
    );
  }

  /**
   * A part of the elements, one range for each leading axis: `x.slice([1, 3], 0, null)`. A range is
   * `[start, stop]` or `[start, stop, step]`, where null means "to the end" and negative places
   * count from it; a number picks one place and drops the axis; null takes the whole axis.
   */
  slice(...ranges: readonly SliceRange[]): Tensor {
    const x = this.asTensor();
    const { reversed, picked, attrs } = readSlice(x.shape, ranges);
    const whole = attrs.counts.every((count, axis) => count === x.shape[axis]);
    const turned = reversed.length > 0 ? x.flip(reversed) : x;
    const part = whole ? turned : this.apply(ops.slice, [turned], attrs);
    return picked.length > 0 ? part.squeeze(...picked) : part;
  }

  /** Parts along an axis: so many equal ones, or one of each of these sizes. */
  split(parts: number | readonly number[], axis = 0): Tensor[] {
    return named("split", split, this.asTensor(), parts, axis);
  }

  /** The elements moved on along an axis; what leaves at the end comes in at the front. */
  roll(shift: number, axis: number): Tensor {
    return named("roll", roll, this.asTensor(), shift, axis);
  }

  /** The whole tensor so many times along each axis; counts and axes are aligned at the last. */
  tile(counts: readonly number[]): Tensor {
    return named("tile", tile, this.asTensor(), counts);
  }

  /** Each element so many times in a row along an axis. */
  repeat(count: number, axis: number): Tensor {
    return named("repeat", repeat, this.asTensor(), count, axis);
  }

  /** The lower triangle of the last two axes, up to the k-th diagonal; 0 above. */
  tril(k = 0): Tensor {
    return named("tril", triangle, "tril", this.asTensor(), k);
  }

  /** The upper triangle of the last two axes, from the k-th diagonal on; 0 below. */
  triu(k = 0): Tensor {
    return named("triu", triangle, "triu", this.asTensor(), k);
  }

  /** The k-th diagonal of a matrix, or the matrix with this vector as its k-th diagonal. */
  diag(k = 0): Tensor {
    return named("diag", diag, this.asTensor(), k);
  }

  /** The elements in reverse order along the axes; all of them by default. */
  flip(axes?: number | readonly number[]): Tensor {
    const x = this.asTensor();
    return this.apply(ops.flip, [this], { axes: normalizeAxes("flip", axes, x.rank) });
  }

  /**
   * Surrounds with `value`: for each axis how much before and after, and gaps between neighbours.
   */
  pad(
    widths: readonly (readonly [before: number, after: number])[],
    { value = 0, gaps }: { readonly value?: number; readonly gaps?: readonly number[] } = {},
  ): Tensor {
    const { rank, shape } = this.asTensor();
    if (widths.length !== rank || (gaps ?? widths).length !== rank) {
      throw new ShapeError(
        "pad",
        `${widths.length} widths were given for shape ${showShape(shape)}`,
        {
          shapes: [shape],
          fix: `give ${rank} pairs [before, after], one for each axis`,
        },
      );
    }
    const before = widths.map(([width]) => width);
    const after = widths.map(([, width]) => width);
    checkShape("pad", [...before, ...after, ...(gaps ?? [])], 0);
    return this.apply(ops.pad, [this], { before, after, gaps: gaps ?? before.map(() => 0), value });
  }

  /** This tensor and then the others, along an axis. */
  concat(others: readonly Movement[], axis = 0): Tensor {
    const attrs = { axis: normalizeAxis("concat", axis, this.asTensor().rank) };
    return others.length === 0 ? this.asTensor() : this.apply(ops.concat, [this, ...others], attrs);
  }
}

function completeShape(from: Shape, to: Shape): Shape {
  checkList("reshape", to, "sides", "give one side for each axis, as in x.reshape([2, -1])");
  const open = to.filter((side) => side === -1).length;
  const known = sizeOf(to.filter((side) => side !== -1));
  const full = to.map((side) => (side === -1 && known > 0 ? sizeOf(from) / known : side));
  if (open <= 1 && full.every((side) => Number.isInteger(side) && side >= 0)) {
    if (sizeOf(full) === sizeOf(from)) return full;
  }
  checkShape(
    "reshape",
    to.map((side) => (side === -1 ? 0 : side)),
    0,
  );
  const counts = `${sizeOf(from)} elements into ${open > 0 ? `multiples of ${known}` : known}`;
  throw new ShapeError(
    "reshape",
    `shape ${showShape(from)} does not become ${showShape(to)}: ${counts}`,
    {
      shapes: [from, to],
      fix: open > 1 ? "only one side may be -1" : "the number of elements must stay the same",
    },
  );
}

function readOrder(order: readonly number[], rank: number): readonly number[] {
  checkList("transpose", order, "axes", "name every axis once, as in x.transpose([1, 0])");
  const axes = order.map((axis) => normalizeAxis("transpose", axis, rank));
  if (normalizeAxes("transpose", axes, rank).length === rank) return axes;
  throw new ShapeError("transpose", `the order [${order}] names ${order.length} of ${rank} axes`, {
    fix: "name every axis once",
  });
}

function swapLast(rank: number): readonly number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return rank < 2 ? axes : [...axes.slice(0, -2), rank - 1, rank - 2];
}
