import { collapse, type LoopAxis } from "../../layout.js";

/** One digit of an index: how many values it has, and how many elements apart they are. */
export interface Axis {
  readonly side: number;
  readonly stride: number;
}

/** A factor of a product of matrices. An index of several axes counts the last one fastest. */
export interface Operand {
  /** Which of the matrices. */
  readonly batch: readonly Axis[];
  /** The rows of a, or the columns of b. */
  readonly outer: readonly Axis[];
  /** What is summed over. */
  readonly inner: readonly Axis[];
}

/** C = A·B, or addend + A·B, for each matrix of a batch. */
export interface Product {
  readonly dtype: "float32" | "float64";
  readonly a: Operand;
  readonly b: Operand;
  /** Whether something is added: of the shape of the result, and dense like it. */
  readonly addend: boolean;
}

/** Products are summed within panels of this many k: numerics/matmul.ts. */
export const PANEL = 256;

/** The most rows of a block, so that a panel of them stays in the second cache. */
export const BLOCK_ROWS = 96;

/** A tile of the result that registers hold: rows, by vectors of columns. */
export interface TileShape {
  readonly rows: number;
  readonly vectors: number;
}

/** A factor with as few axes as can be, but at least one of each kind. */
export interface Matrix {
  readonly outer: readonly Axis[];
  readonly inner: readonly Axis[];
}

/**
 * A product as the kernel computes it: `a` gives one element at a time, and `b` runs of columns,
 * for a result that is dense [batch, rows, columns].
 */
export interface Problem {
  readonly element: 4 | 8;
  readonly addend: boolean;
  /** The batch, with the strides of a and b. */
  readonly batch: readonly LoopAxis[];
  readonly count: number;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly a: Matrix;
  readonly b: Matrix;
  /** Whether a and b have changed places. */
  readonly swapped: boolean;
}

export function problemOf(product: Product): Problem {
  const a = { ...product.a, batch: [...product.a.batch], outer: [...product.a.outer] };
  const b = { ...product.b, batch: [...product.b.batch] };
  // Matrices that are multiplied by the same one are rows of one tall matrix.
  while (a.batch.length > 0 && (b.batch.at(-1)!.stride === 0 || b.batch.at(-1)!.side === 1)) {
    a.outer.unshift(a.batch.pop()!);
    b.batch.pop();
  }
  const batch = collapse(
    a.batch.map(({ side }) => side),
    [a, b].map((operand) => operand.batch.map(({ stride }) => stride)),
  );
  const [rows, columns] = [sizeOf(a.outer), sizeOf(b.outer)];
  // A column vector is computed as a row: (Ab)ᵀ = bᵀAᵀ has the same elements in the same order.
  const swapped = columns === 1;
  const [left, right] = swapped ? [b, a] : [a, b];
  return {
    element: product.dtype === "float64" ? 8 : 4,
    addend: product.addend,
    batch,
    count: sizeOf(batch),
    rows: swapped ? columns : rows,
    inner: sizeOf(a.inner),
    columns: swapped ? rows : columns,
    a: { outer: merged(left.outer), inner: merged(left.inner) },
    b: { outer: merged(right.outer), inner: merged(right.inner) },
    swapped,
  };
}

const sizeOf = (axes: readonly { readonly side: number }[]): number =>
  axes.reduce((size, { side }) => size * side, 1);

/** Neighbouring axes as one where they step evenly. */
function merged(axes: readonly Axis[]): Axis[] {
  const sides = axes.map(({ side }) => side);
  const loops = collapse(sides, [axes.map(({ stride }) => stride)]);
  if (loops.length === 0) return [{ side: 1, stride: 1 }];
  return loops.map(({ side, strides }) => ({ side, stride: strides[0]! }));
}
