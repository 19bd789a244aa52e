import type { Code } from "../../wasm/code.js";
import { increase, pushScaled } from "./integers.js";
import type { Plan } from "./plan.js";
import { PANEL } from "./shape.js";
import { type Destination, store } from "./store.js";

/** Where a tile and its operands stand, in locals. */
interface TilePlace extends Destination {
  readonly a: number;
  readonly b: number;
}

/** Locals that all tiles of a kernel use. */
interface Registers {
  readonly sums: readonly number[];
  /** An element of A in each lane, and elements of B. */
  readonly splat: number;
  readonly vectors: readonly number[];
  readonly zero: number;
  /** Addresses that run along k, and the end of the latter. */
  readonly a: number;
  readonly b: number;
  readonly end: number;
}

export function registersFor(code: Code, { tile }: Plan): Registers {
  const vector = () => code.local("v128");
  return {
    sums: Array.from({ length: tile.rows * tile.vectors }, vector),
    splat: vector(),
    vectors: Array.from({ length: tile.vectors }, vector),
    zero: vector(),
    a: code.local("i32"),
    b: code.local("i32"),
    end: code.local("i32"),
  };
}

/**
 * Computes a tile of some rows and columns: the sums over a panel of k, each from +0 in ascending
 * k, in registers; then what becomes of them.
 */
export function tile(
  code: Code,
  plan: Plan,
  [rows, columns]: readonly [number, number],
  place: TilePlace,
  registers: Registers,
): void {
  const { lanes, problem } = plan;
  const { inner } = problem;
  const { splat, vectors, zero, a, b, end } = registers;
  const type = lanes === 4 ? "f32x4" : "f64x2";
  const width = Math.ceil(columns / lanes);
  const sums = registers.sums.slice(0, rows * width);

  /** The products of one k, `ahead` of the addresses. */
  const step = (ahead: number) => {
    for (const [j, vector] of vectors.slice(0, width).entries()) {
      const bytes = ahead * plan.b.step + plan.b.offset(j * lanes);
      code.get(b).emit("v128.load", bytes).set(vector);
    }
    for (const [i, sum] of sums.entries()) {
      if (i % width === 0) {
        const bytes = ahead * plan.a.step + plan.a.offset(i / width);
        code
          .get(a)
          .emit(`v128.load${128 / lanes}_splat`, bytes)
          .set(splat);
      }
      code
        .get(sum)
        .get(splat)
        .get(vectors[i % width]!);
      code.emit(`${type}.mul`).emit(`${type}.add`).set(sum);
    }
  };
  const pairs = () =>
    code.block((out) => {
      code.loop((again) => {
        step(0);
        // Never true, but V8 cannot know: up to 13.6 it loads all that a basic block needs at
        // once, and spills. It does see through b = end, and through what stays the same.
        code.get(b).get(end).emit("i32.gt_u").brIf(out);
        step(1);
        increase(code, a, 2 * plan.a.step);
        increase(code, b, 2 * plan.b.step);
        code.get(b).get(end).emit("i32.ne").brIf(again);
      });
    });

  for (const sum of sums) code.get(zero).set(sum);
  code.get(place.a).set(a).get(place.b).set(b);
  if (inner > 1) {
    code.get(place.depth).i32(-2).emit("i32.and").set(end);
    pushScaled(code, b, end, plan.b.step).set(end);
    // The last panel may have a single k.
    if (inner % PANEL === 1) code.get(b).get(end).emit("i32.ne").if(pairs);
    else pairs();
  }
  if (inner % 2 === 1) {
    if (inner <= PANEL) step(0);
    else
      code
        .get(place.depth)
        .i32(1)
        .emit("i32.and")
        .if(() => step(0));
  }
  store(code, plan, [rows, columns], place, sums);
}
