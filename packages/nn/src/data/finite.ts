import type { Tensor } from "@neurite/autograd";
import { DataError } from "./data-error.js";
import { elementsOf } from "./take.js";

/** Where the first element that is NaN or infinite lies; −1 if there is none. */
export function firstNonFinite(values: ArrayLike<number>): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i;
  return -1;
}

/** Refuses NaN and infinity in `[rows, ...]`, naming the row, the column and the value. */
export function checkFinite(
  op: string,
  name: string,
  x: Tensor,
  columns?: readonly string[],
): void {
  const elements = elementsOf(x);
  const at = firstNonFinite(elements);
  if (at < 0) return;
  const width = x.size / x.shape[0]!;
  const [row, rest] = [Math.floor(at / width), at % width];
  const column = columns?.[rest];
  const within = column === undefined ? placeWithin(x, rest) : JSON.stringify(column);
  const place = x.rank === 1 && !columns ? `row ${row}` : `row ${row}, column ${within}`;
  throw new DataError(op, `${name} has ${elements[at]} in ${place} (counted from 0)`, {
    shapes: [x.shape],
    row,
    column: column ?? rest,
    value: elements[at]!,
    fix: "remove the row, or fill the gap, as Imputer does",
  });
}

/** The place of an element within its row: its index along each axis after the first. */
function placeWithin(x: Tensor, place: number): string {
  let rest = place;
  const index: number[] = [];
  for (const side of x.shape.slice(1).reverse()) {
    index.unshift(rest % side);
    rest = Math.floor(rest / side);
  }
  return index.length === 1 ? String(index[0]) : `[${index.join(", ")}]`;
}
