import type { Code } from "../wasm/code.js";
import type { Pointers } from "./pointers.js";

const LO = 0;
const HI = 1;

/** Loops around a body, along which pointers move; the first loop runs over the units asked for. */
export function loopsAround(
  code: Code,
  sides: readonly number[],
  pointers: Pointers,
  body: () => void,
  depth = 0,
): void {
  if (depth === sides.length) {
    body();
    return;
  }
  const counter = code.local("i32");
  if (depth === 0) code.get(LO).set(counter);
  else code.i32(0).set(counter);
  pointers.enter(depth, depth === 0 ? counter : undefined);
  const limit = () => (depth === 0 ? code.get(HI) : code.i32(sides[depth]!));
  code.forUpTo(counter, limit, 1, () => {
    loopsAround(code, sides, pointers, body, depth + 1);
    pointers.advance(depth);
  });
}
