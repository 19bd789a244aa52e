import type { Code } from "../wasm/code.js";
import type { Place } from "./access.js";

/** Vectors of the positions of elements, which are where a pointer would be. */
export class Positions {
  /** For each step from lane to lane, a vector of the steps to all lanes. */
  readonly #steps = new Map<number, number>();

  constructor(
    readonly code: Code,
    strides: Iterable<number>,
  ) {
    for (const stride of new Set(strides)) {
      const local = code.local("v128");
      code.i32x4(0, stride, 2 * stride, 3 * stride).set(local);
      this.#steps.set(stride, local);
    }
  }

  /** Pushes the positions of the lanes. */
  push({ pointer, bytes, stride }: Place): void {
    const { code } = this;
    code.get(pointer);
    if (bytes !== 0) code.i32(bytes).emit("i32.add");
    code.emit("i32x4.splat");
    if (stride !== 0) code.get(this.#steps.get(stride)!).emit("i32x4.add");
  }
}
