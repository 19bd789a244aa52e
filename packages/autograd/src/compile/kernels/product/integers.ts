import type { Code } from "../../wasm/code.js";

/** Adds a constant to a local. */
export function increase(code: Code, local: number, by: number): void {
  code.get(local).i32(by).emit("i32.add").set(local);
}

/** Pushes base + index · scale, of two locals. */
export function pushScaled(code: Code, base: number, index: number, scale: number): Code {
  return code.get(base).get(index).i32(scale).emit("i32.mul").emit("i32.add");
}

/** Sets a local to the least of itself and what `limit` pushes. */
export function atMost(code: Code, local: number, limit: () => void): void {
  code.get(local);
  limit();
  code.get(local);
  limit();
  code.emit("i32.lt_s").emit("select").set(local);
}

/** Counts a local from what it holds up to another. */
export function upTo(code: Code, counter: number, end: number, step: number, body: () => void) {
  code.forUpTo(counter, () => code.get(end), step, body);
}

/** An axis of an index, with the bytes from one value to the next. */
export interface ByteAxis {
  readonly side: number;
  readonly bytes: number;
}

/**
 * Pushes how many bytes from the first the element at an index is. The index is a local, of which
 * the last axis counts fastest.
 */
export function pushOffset(code: Code, axes: readonly ByteAxis[], index: number): Code {
  let below = 1;
  for (let at = axes.length - 1; at >= 0; at--) {
    const { side, bytes } = axes[at]!;
    code.get(index);
    if (below > 1) code.i32(below).emit("i32.div_u");
    if (at > 0) code.i32(side).emit("i32.rem_u");
    code.i32(bytes).emit("i32.mul");
    if (at < axes.length - 1) code.emit("i32.add");
    below *= side;
  }
  return code;
}
