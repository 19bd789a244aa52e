import type { DType } from "../../src/index.js";

/** Equality to the bit, with all NaN the same: −0 is not 0. */
export const sameBits = (a: number, b: number): boolean => Object.is(a, b);

/** How many representable numbers lie between two: 0 for equal ones, NaN if either is none. */
export function ulpsBetween(a: number, b: number, dtype: DType = "float64"): number {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return sameBits(a, b) ? 0 : Number.NaN;
  const distance = rankOf(a, dtype) - rankOf(b, dtype);
  return Number(distance < 0n ? -distance : distance);
}

/** The number's place in the line of all numbers of its dtype; 0 and −0 share theirs. */
function rankOf(value: number, dtype: DType): bigint {
  const view = new DataView(new ArrayBuffer(8));
  if (dtype === "float32") view.setFloat32(0, value);
  else view.setFloat64(0, value);
  const bits = dtype === "float32" ? BigInt(view.getInt32(0)) : view.getBigInt64(0);
  const lowest = dtype === "float32" ? -(2n ** 31n) : -(2n ** 63n);
  return bits < 0n ? lowest - bits : bits;
}
