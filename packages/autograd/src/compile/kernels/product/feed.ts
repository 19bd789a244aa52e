import type { ByteAxis } from "./integers.js";
import {
  type Axis,
  BLOCK_ROWS,
  type Matrix,
  PANEL,
  type Problem,
  type TileShape,
} from "./shape.js";

/** How a block of an operand is copied: groups of rows or columns, each [k][group]. */
export interface Packing {
  readonly element: 4 | 8;
  readonly outer: readonly ByteAxis[];
  readonly inner: readonly ByteAxis[];
  /** How many rows or columns there are. */
  readonly size: number;
  /** How many rows or columns stand side by side. */
  readonly group: number;
  /** From one group to the next. */
  readonly groupBytes: number;
  /** Along which axis whole vectors can be read. */
  readonly along: "outer" | "inner" | "neither";
}

/** How tiles read an operand: where it stands, or packed. All in bytes. */
export interface Feed {
  /** From one k to the next. */
  readonly step: number;
  /** From one row or column to the next, on average over a tile. */
  readonly stride: number;
  /** From the first row or column of a tile to another. */
  readonly offset: (within: number) => number;
  readonly packing: Packing | null;
}

/** What a product may count on of the first two caches, in bytes. */
const L1 = 32 * 1024;
const L2 = 256 * 1024;

export function feedOfA(problem: Problem, tile: TileShape, lanes: number): Feed {
  const { element, rows, a } = problem;
  const [row, k] = [only(a.outer), only(a.inner)];
  if (row && k && !packsA(problem, row, k)) {
    const stride = row.stride * element;
    return { step: k.stride * element, stride, offset: (i) => i * stride, packing: null };
  }
  return packed(problem, a, rows, tile.rows % lanes === 0 ? lanes : tile.rows);
}

export function feedOfB(problem: Problem, lanes: number): Feed {
  const { element, columns, b } = problem;
  const [column, k] = [only(b.outer), only(b.inner)];
  if (column?.stride === 1 && k && k.stride > 0 && !packsB(problem, k)) {
    return { step: k.stride * element, stride: element, offset: (j) => j * element, packing: null };
  }
  return packed(problem, b, columns, lanes);
}

/**
 * Whether it pays to copy a block of A: if the first cache cannot hold what it touches along k, or
 * the second what it touches along rows, and each element is used for many columns.
 */
function packsA({ element, rows, inner, columns }: Problem, row: Axis, k: Axis): boolean {
  if (columns < 64) return false;
  const along = k.stride * Math.min(inner, PANEL) * element;
  const across = row.stride * Math.min(rows, BLOCK_ROWS) * element;
  return along > L1 || across > L2;
}

/** Whether it pays to copy a panel of B, likewise. */
function packsB({ element, inner, rows }: Problem, k: Axis): boolean {
  return rows >= 64 && k.stride * Math.min(inner, PANEL) * element > L1;
}

/** The axis of an index that has one, if addresses can grow along it. */
const only = (axes: readonly Axis[]): Axis | undefined =>
  axes.length === 1 && axes[0]!.stride >= 0 ? axes[0] : undefined;

function packed(problem: Problem, matrix: Matrix, size: number, group: number): Feed {
  const { element, inner } = problem;
  const lanes = 16 / element;
  const step = group * element;
  // Groups that are a multiple of a page apart would share the same few cache lines.
  const groupBytes = Math.ceil(Math.min(inner, PANEL) / lanes) * lanes * step + 64;
  const inBytes = (axes: readonly Axis[]): ByteAxis[] =>
    axes.map(({ side, stride }) => ({ side, bytes: stride * element }));
  const along = (["outer", "inner"] as const).find(
    (index) => group === lanes && inVectors(matrix[index], lanes),
  );
  return {
    step,
    stride: groupBytes / group,
    offset: (i) => Math.floor(i / group) * groupBytes + (i % group) * element,
    packing: {
      element,
      outer: inBytes(matrix.outer),
      inner: inBytes(matrix.inner),
      size,
      group,
      groupBytes,
      along: along ?? "neither",
    },
  };
}

/** Whether each run of `lanes` values of the index is a vector in memory. */
const inVectors = (axes: readonly Axis[], lanes: number): boolean =>
  axes.at(-1)!.stride === 1 && (axes.length === 1 || axes.at(-1)!.side % lanes === 0);
