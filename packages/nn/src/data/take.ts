import { IndexError, ShapeError, type Tensor, type TypedArray, tensor } from "@neurite/autograd";
import type { ColumnKinds, Table } from "./table.js";

/** Numbers of rows, from 0. */
export type RowNumbers = ArrayLike<number>;

/** The given rows, in the given order: of a tensor (along axis 0), a table or a column. */
export function take(from: Tensor, rows: RowNumbers): Tensor;
export function take(from: Float64Array, rows: RowNumbers): Float64Array;
export function take(from: Int32Array, rows: RowNumbers): Int32Array;
export function take<T>(from: readonly T[], rows: RowNumbers): T[];
export function take<C extends ColumnKinds>(from: Table<C>, rows: RowNumbers): Table<C>;
export function take(
  from: Tensor | Float64Array | Int32Array | readonly unknown[] | Table,
  rows: RowNumbers,
): unknown {
  if (ArrayBuffer.isView(from) || Array.isArray(from)) return takeFromColumn(from, rows);
  if ("columns" in from) return takeFromTable(from, rows);
  return takeFromTensor(from as Tensor, rows);
}

/** How many rows a tensor has; a scalar has none. */
export function rowCount(op: string, x: Tensor): number {
  if (x.rank > 0) return x.shape[0]!;
  throw new ShapeError(op, "a scalar has no rows", {
    shapes: [x.shape],
    fix: "give a tensor of shape [rows, ...]",
  });
}

/** The elements in row-major order, shared with the tensor where they lie so: not to be written. */
export function elementsOf(x: Tensor): TypedArray {
  const { value } = x;
  return typeof value === "object" && "data" in value ? value.contiguous().data : x.toTypedArray();
}

/** Tensors of equal rows one after the other, as a constant. */
export function concatRows(parts: readonly Tensor[]): Tensor {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const rows = parts.reduce((sum, part) => sum + rowCount("concatRows", part), 0);
  const width = first!.size / first!.shape[0]!;
  const out = allocateLike(elementsOf(first!), rows * width);
  let at = 0;
  for (const part of parts) {
    out.set(elementsOf(part), at);
    at += part.size;
  }
  return tensor(out, { shape: [rows, ...first!.shape.slice(1)], dtype: first!.dtype });
}

const allocateLike = (like: TypedArray, length: number): TypedArray =>
  new (like.constructor as new (length: number) => TypedArray)(length);

function takeFromTensor(from: Tensor, rows: RowNumbers): Tensor {
  const count = rowCount("take", from);
  checkRows(rows, count);
  const elements = elementsOf(from);
  const width = count === 0 ? 0 : from.size / count;
  const out = allocateLike(elements, rows.length * width);
  for (let i = 0, to = 0; i < rows.length; i++) {
    for (let at = rows[i]! * width, end = at + width; at < end; ) out[to++] = elements[at++]!;
  }
  return tensor(out, { shape: [rows.length, ...from.shape.slice(1)], dtype: from.dtype });
}

function takeFromTable(from: Table, rows: RowNumbers): Table {
  checkRows(rows, from.rows);
  const taken = Object.entries(from.columns).map(([name, column]) => [
    name,
    takeFromColumn(column, rows),
  ]);
  return { rows: rows.length, columns: Object.fromEntries(taken) };
}

function takeFromColumn<T>(column: Float64Array | Int32Array | readonly T[], rows: RowNumbers) {
  checkRows(rows, column.length);
  if (column instanceof Int32Array) return Int32Array.from(rows, (row) => column[row]!);
  if (column instanceof Float64Array) return Float64Array.from(rows, (row) => column[row]!);
  return Array.from(rows, (row) => column[row]!);
}

function checkRows(rows: RowNumbers, count: number): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (Number.isInteger(row) && row >= 0 && row < count) continue;
    throw new IndexError("take", `row ${row} at place ${i} of the list: there are ${count} rows`, {
      fix: count === 0 ? "there is nothing to take" : `use rows from 0 to ${count - 1}`,
    });
  }
}
