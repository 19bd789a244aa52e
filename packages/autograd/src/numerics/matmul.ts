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
  const add = narrow ? addPanel32 : addPanel64;
  for (let i = 0; i < rows; i++) {
    total.fill(0);
    const row = aStart + i * inner;
    for (let first = 0; first < inner; first += PANEL) {
      const last = Math.min(inner, first + PANEL);
      add(total, a, row + first, b, bStart + first * columns, last - first);
    }
    out.set(total, outStart + i * columns);
  }
}

const { fround } = Math;

/** Adds the products of one row's panel, four columns at a time: their sums stay in registers. */
function addPanel32(
  total: TypedArray,
  a: TypedArray,
  aStart: number,
  b: TypedArray,
  bStart: number,
  count: number,
): void {
  const columns = total.length;
  let j = 0;
  for (; j + 4 <= columns; j += 4) {
    let s0 = fround(0);
    let s1 = fround(0);
    let s2 = fround(0);
    let s3 = fround(0);
    for (let k = 0, at = bStart + j; k < count; k++, at += columns) {
      const factor = fround(a[aStart + k]!);
      s0 = fround(s0 + fround(factor * fround(b[at]!)));
      s1 = fround(s1 + fround(factor * fround(b[at + 1]!)));
      s2 = fround(s2 + fround(factor * fround(b[at + 2]!)));
      s3 = fround(s3 + fround(factor * fround(b[at + 3]!)));
    }
    total[j]! += s0;
    total[j + 1]! += s1;
    total[j + 2]! += s2;
    total[j + 3]! += s3;
  }
  for (; j < columns; j++) {
    let sum = fround(0);
    for (let k = 0, at = bStart + j; k < count; k++, at += columns) {
      sum = fround(sum + fround(fround(a[aStart + k]!) * fround(b[at]!)));
    }
    total[j]! += sum;
  }
}

/** The same without rounding in between. */
function addPanel64(
  total: TypedArray,
  a: TypedArray,
  aStart: number,
  b: TypedArray,
  bStart: number,
  count: number,
): void {
  const columns = total.length;
  let j = 0;
  for (; j + 4 <= columns; j += 4) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0, at = bStart + j; k < count; k++, at += columns) {
      const factor = a[aStart + k]!;
      s0 += factor * b[at]!;
      s1 += factor * b[at + 1]!;
      s2 += factor * b[at + 2]!;
      s3 += factor * b[at + 3]!;
    }
    total[j]! += s0;
    total[j + 1]! += s1;
    total[j + 2]! += s2;
    total[j + 3]! += s3;
  }
  for (; j < columns; j++) {
    let sum = 0;
    for (let k = 0, at = bStart + j; k < count; k++, at += columns) {
      sum += a[aStart + k]! * b[at]!;
    }
    total[j]! += sum;
  }
}
