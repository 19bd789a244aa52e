import type { Code } from "../wasm/code.js";

/** An address that moves along a row: a local, and by how many bytes from element to element. */
interface Moving {
  readonly pointer: number;
  readonly bytes: number;
}

/** How many vectors are worked on in one round. */
const VECTORS = 4;

/**
 * Visits the elements of a row, vector by vector; `visit` writes the code for so many of them, from
 * an element on that is counted from where the pointers are.
 */
export function alongRow(
  code: Code,
  [length, lanes]: readonly [length: number, lanes: 2 | 4],
  moving: readonly Moving[],
  visit: (element: number, count: number) => void,
): void {
  const step = VECTORS * lanes;
  const rounds = Math.floor(length / step);
  const vectors = (count: number) => {
    for (let at = 0; at < count; at += lanes) visit(at, Math.min(lanes, count - at));
  };
  const advance = () => {
    for (const { pointer, bytes } of moving) {
      if (bytes !== 0)
        code
          .get(pointer)
          .i32(bytes * step)
          .emit("i32.add")
          .set(pointer);
    }
  };
  if (rounds > 1) {
    const counter = code.local("i32");
    code.i32(0).set(counter);
    code.forUpTo(
      counter,
      () => code.i32(rounds),
      1,
      () => {
        vectors(step);
        advance();
      },
    );
  } else if (rounds === 1) {
    vectors(step);
    if (length > step) advance();
  }
  vectors(length % step);
}
