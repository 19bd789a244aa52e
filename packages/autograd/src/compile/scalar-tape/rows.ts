import { WIDTH } from "../kernels/access.js";
import type { Cells } from "./cells.js";
import type { Chains } from "./chains.js";
import { type Flat, OPERANDS } from "./flat.js";
import type { Group } from "./groups.js";

/**
 * The cells that the values of a group take, a row for each value: the operands of an op in order;
 * of a sum the initial value and then the terms, two columns for each that is a product.
 */
export interface Rows {
  readonly count: number;
  readonly columns: number;
  readonly cells: Int32Array;
  /** How wide the cells of each column are; the last one speaks for those behind it. */
  readonly widths: readonly number[];
}

/** A few rows that are computed side by side: those of `order` from `from` on. */
export interface Block {
  readonly order: Int32Array;
  readonly from: number;
  readonly size: number;
}

export function rowsOf(group: Group, flat: Flat, chains: Chains, cells: Cells): Rows {
  const { members, terms, products } = group;
  const { inputs } = flat.kinds[group.kind]!;
  const columns = terms === 0 ? inputs.length : 1 + (products ? 2 : 1) * terms;
  const rows = new Int32Array(members.length * columns);
  let next = 0;
  for (const member of members) {
    if (terms === 0) {
      const first = member * OPERANDS;
      for (let i = 0; i < columns; i++) rows[next++] = cells.at(flat.operands[first + i]!);
      continue;
    }
    rows[next++] = cells.at(chains.initial[member]!);
    const first = chains.start[member]!;
    for (let i = first; i < first + terms; i++) {
      rows[next++] = cells.at(chains.left[i]!);
      if (products) rows[next++] = cells.at(chains.right[i]!);
    }
  }
  const widths = inputs.map((dtype) => WIDTH[dtype]);
  return { count: members.length, columns, cells: rows, widths };
}

/** How a block may take a column, besides as any cells; a block of one row may do both. */
export const SAME = 1;
export const NEXT = 2;

/** Writes into `ways` how a block may take each column. */
export function findWays(rows: Rows, { order, from, size }: Block, ways: Uint8Array): void {
  const { columns, cells, widths } = rows;
  const first = order[from]! * columns;
  ways.fill(SAME | NEXT);
  for (let i = 1; i < size; i++) {
    const row = order[from + i]! * columns;
    for (let column = 0; column < columns; column++) {
      const distance = cells[row + column]! - cells[first + column]!;
      const width = widths[column < widths.length ? column : widths.length - 1]!;
      if (distance !== 0) ways[column]! &= ~SAME;
      if (distance !== i * width) ways[column]! &= ~NEXT;
    }
  }
}
