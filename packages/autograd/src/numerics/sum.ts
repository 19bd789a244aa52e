/**
 * The order in which neurite sums, defined once: results do not depend on the width of a vector
 * unit or the number of threads, and every executor follows it to the bit.
 *
 * The terms are cut into blocks of 256. In a block, 8 lanes each add every eighth term in ascending
 * order; then lanes 0+4, 1+5, 2+6, 3+7, then 0+2, 1+3, then 0+1. The block sums are added pairwise,
 * halves of the list first. Error bound: (32 + 3 + log2(n / 256)) roundings, at any length.
 */
const LANES = 8;
const BLOCK = 256;

/** Sums `count` elements of `data` from `start` on, `step` apart, rounding as `round` does. */
export function sum(
  data: ArrayLike<number>,
  start: number,
  step: number,
  count: number,
  round: (value: number) => number,
): number {
  if (count <= BLOCK) return sumBlock(data, start, step, count, round);
  const blocks = Math.ceil(count / BLOCK);
  const half = Math.ceil(blocks / 2) * BLOCK;
  const left = sum(data, start, step, half, round);
  return round(left + sum(data, start + half * step, step, count - half, round));
}

function sumBlock(
  data: ArrayLike<number>,
  start: number,
  step: number,
  count: number,
  round: (value: number) => number,
): number {
  if (count === 0) return 0;
  const lanes = Math.min(LANES, count);
  const partial = new Array<number>(lanes);
  for (let lane = 0; lane < lanes; lane++) {
    let total = data[start + lane * step]!;
    for (let i = lane + LANES; i < count; i += LANES)
      total = round(total + data[start + i * step]!);
    partial[lane] = total;
  }
  for (let width = LANES / 2; width >= 1; width /= 2) {
    for (let lane = 0; lane + width < Math.min(lanes, 2 * width); lane++) {
      partial[lane] = round(partial[lane]! + partial[lane + width]!);
    }
  }
  return partial[0]!;
}
