import type { Code } from "../../wasm/code.js";
import type { Packing } from "./feed.js";
import { atMost, increase, pushOffset, pushScaled, upTo } from "./integers.js";
import { transpose } from "./transpose.js";

/** A block of an operand: locals that hold its bounds and addresses. */
interface Source {
  /** The address of the operand. */
  readonly operand: number;
  /** Where the block goes. */
  readonly target: number;
  /** The first row or column, and the end of them. */
  readonly from: number;
  readonly to: number;
  /** The first k of the panel, and how many there are. */
  readonly k: number;
  readonly depth: number;
  /** Room for a table of offsets along k. */
  readonly table: number;
}

/**
 * Copies a block into groups of rows or columns, each [k][group]. What a group has beyond the last
 * row repeats it, or is what comes next in memory: its sums are never stored.
 */
export function pack(code: Code, packing: Packing, source: Source): void {
  const { element, outer, inner, size, group, groupBytes, along } = packing;
  const integer = () => code.local("i32");
  const [first, row, start] = [integer(), integer(), integer()];
  const [t, offset, to] = [integer(), integer(), integer()];
  const rows = Array.from({ length: along === "outer" ? 1 : group }, integer);
  const stride = along === "inner" ? group : 1;
  const only = inner.length === 1 ? inner[0] : undefined;
  if (!only) tabulate(code, packing, stride, source);

  code.get(source.from).set(first).get(source.target).set(start);
  upTo(code, first, source.to, group, () => {
    for (const [i, address] of rows.entries()) {
      code.get(first).i32(i).emit("i32.add").set(row);
      if (i > 0 && size % group > 0) atMost(code, row, () => code.i32(size - 1));
      code.get(source.operand);
      pushOffset(code, outer, row).emit("i32.add").set(address);
    }
    code.get(start).set(to).i32(0).set(t);
    if (only) code.get(source.k).i32(only.bytes).emit("i32.mul").set(offset);
    upTo(code, t, source.depth, stride, () => {
      if (!only) pushScaled(code, source.table, t, 4).emit("i32.load").set(offset);
      copy(code, packing, rows, offset, to);
      if (only) increase(code, offset, only.bytes * stride);
      increase(code, to, stride * group * element);
    });
    increase(code, start, groupBytes);
  });
}

/** Writes down the offset of every `stride`-th k of the panel. */
function tabulate(code: Code, { inner }: Packing, stride: number, source: Source): void {
  const t = code.local("i32");
  const k = code.local("i32");
  code.i32(0).set(t);
  upTo(code, t, source.depth, stride, () => {
    code.get(source.k).get(t).emit("i32.add").set(k);
    pushScaled(code, source.table, t, 4);
    pushOffset(code, inner, k).emit("i32.store");
  });
}

/** One k of a group; or the square of a group, where vectors run along k. */
function copy(
  code: Code,
  { along, element }: Packing,
  rows: readonly number[],
  offset: number,
  to: number,
): void {
  const push = (row: number) => code.get(row).get(offset).emit("i32.add");
  if (along === "outer") {
    code.get(to);
    push(rows[0]!).emit("v128.load").emit("v128.store");
  } else if (along === "inner") {
    const square = rows.map((row) => {
      const vector = code.local("v128");
      push(row).emit("v128.load").set(vector);
      return vector;
    });
    transpose(code, square).forEach((vector, i) => {
      code.get(to).get(vector);
      code.emit("v128.store", 16 * i);
    });
  } else {
    // As integers: loading a signalling NaN as a float may change it.
    const type = element === 8 ? "i64" : "i32";
    rows.forEach((row, i) => {
      code.get(to);
      push(row).emit(`${type}.load`);
      code.emit(`${type}.store`, element * i);
    });
  }
}
