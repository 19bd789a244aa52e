import type { Code } from "../wasm/code.js";
import type { Calls } from "./instruction.js";

/** The lanes that a guard lets through, as masks of the width of its part, one for each vector. */
export interface Taken {
  readonly of: Calls;
  readonly masks: readonly number[];
}

const SCALARS = {
  float32: { shape: "f32x4", to: "f64.promote_f32", from: "f32.demote_f64" },
  float64: { shape: "f64x2", to: undefined, from: undefined },
  int32: { shape: "i32x4", to: "f64.convert_i32_s", from: "i32.trunc_sat_f64_s" },
  bool: undefined,
};

/** Whether a mask that was made for some lanes tells of others. */
export const concerns = (a: Calls, b: Calls): boolean =>
  a.part === b.part && (a.dtype === "float64") === (b.dtype === "float64");

/**
 * Calls the imported function for each lane, or for each one that is taken; the result is anything
 * in the others.
 */
export function emitCalls(
  code: Code,
  operands: readonly number[],
  {
    dtype,
    lanes,
    host,
    mask,
  }: Pick<Calls, "dtype"> & { lanes: number; host: number; mask: number | undefined },
): number {
  const { shape, to, from } = SCALARS[dtype]!;
  const result = code.local("v128");
  const call = (lane: number) => {
    code.get(result);
    for (const operand of operands) {
      code.get(operand).emit(`${shape}.extract_lane`, lane);
      if (to) code.emit(to);
    }
    code.emit("call", host);
    if (from) code.emit(from);
    code.emit(`${shape}.replace_lane`, lane).set(result);
  };
  for (let lane = 0; lane < lanes; lane++) {
    if (mask === undefined) {
      call(lane);
      continue;
    }
    code.get(mask).emit("i32x4.extract_lane", dtype === "float64" ? 2 * lane : lane);
    code.if(() => call(lane));
  }
  return result;
}
