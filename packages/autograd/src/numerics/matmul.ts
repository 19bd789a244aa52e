import type { TypedArray } from "../dtype.js";

/** Products are summed in ascending k within panels of this length, and the panels in order. */
const PANEL = 256;

/**
 * out[i, j] = sum over k of a[i, k] · b[k, j], for row-major matrices that begin at the given
 * places. With a Float32Array as `out` every product and every sum is rounded to float32.
 */
export function matmul(
  out: TypedArray,
  a: TypedArray,
  b: TypedArray,
  [outStart, aStart, bStart]: readonly [number, number, number],
  [rows, inner, columns]: readonly [number, number, number],
): void {
  const narrow = out instanceof Float32Array;
  const total = narrow ? new Float32Array(columns) : new Float64Array(columns);
  const panel = narrow ? new Float32Array(columns) : new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    total.fill(0);
    for (let first = 0; first < inner; first += PANEL) {
      panel.fill(0);
      const last = Math.min(inner, first + PANEL);
      for (let k = first; k < last; k++) {
        addMultiple(panel, a[aStart + i * inner + k]!, b, bStart + k * columns);
      }
      for (let j = 0; j < columns; j++) total[j]! += panel[j]!;
    }
    out.set(total, outStart + i * columns);
  }
}

function addMultiple(
  sum: Float32Array | Float64Array,
  factor: number,
  b: TypedArray,
  start: number,
): void {
  if (sum instanceof Float32Array) {
    for (let j = 0; j < sum.length; j++) sum[j]! += Math.fround(factor * b[start + j]!);
  } else {
    for (let j = 0; j < sum.length; j++) sum[j]! += factor * b[start + j]!;
  }
}
