import { findWays, type Rows } from "./rows.js";
import { BLOCK } from "./tape.js";

/** How many of the leading columns may say the order. */
const KEYS = 3;

/**
 * An order of the rows in which blocks take many cells that are the same or side by side: as they
 * come, or sorted by one of the leading columns, whichever needs the fewest words.
 */
export function bestOrder(rows: Rows): Int32Array {
  const { count, columns } = rows;
  let best: Int32Array = new Int32Array(count);
  if (count === 1) return best;
  for (let row = 0; row < count; row++) best[row] = row;
  let least = wordsFor(rows, best);
  for (let column = 0; column < Math.min(columns, KEYS); column++) {
    if (least === Math.ceil(count / BLOCK) * columns) break;
    const order = sortedBy(rows, column);
    const words = wordsFor(rows, order);
    if (words >= least) continue;
    best = order;
    least = words;
  }
  return best;
}

/** The rows by the cells of a column, and as they come where those are the same. */
function sortedBy({ count, columns, cells }: Rows, column: number): Int32Array {
  const keys = new Float64Array(count);
  for (let row = 0; row < count; row++) keys[row] = cells[row * columns + column]! * count + row;
  return Int32Array.from(keys.sort(), (key) => key % count);
}

/** How many words it takes to say which cells the rows take in this order. */
function wordsFor(rows: Rows, order: Int32Array): number {
  const ways = new Uint8Array(rows.columns);
  let words = 0;
  for (let from = 0; from < order.length; from += BLOCK) {
    findWays(rows, { order, from, size: Math.min(BLOCK, order.length - from) }, ways);
    for (let column = 0; column < ways.length; column++) words += ways[column] === 0 ? BLOCK : 1;
  }
  return words;
}
