import type { DType } from "../../dtype.js";

const view = new DataView(new ArrayBuffer(16));

const write: { readonly [D in DType]: (at: number, value: number) => void } = {
  float32: (at, value) => view.setFloat32(at, value, true),
  float64: (at, value) => view.setFloat64(at, value, true),
  int32: (at, value) => view.setInt32(at, value, true),
  bool: (at, value) => view.setInt32(at, value ? -1 : 0, true),
};

const bytesOfVector = (): number[] => Array.from(new Uint8Array(view.buffer));

/** The bytes of a vector with one number in each lane; all bits set for true. */
export function constantBytes(dtype: DType, value: number): number[] {
  for (let at = 0; at < 16; at += dtype === "float64" ? 8 : 4) write[dtype](at, value);
  return bytesOfVector();
}

/** The bytes of a vector of two 64-bit integers: a high word, and 0 below. */
export function wordBytes(high: number): number[] {
  for (const at of [0, 8]) {
    view.setInt32(at, 0, true);
    view.setInt32(at + 4, high, true);
  }
  return bytesOfVector();
}
