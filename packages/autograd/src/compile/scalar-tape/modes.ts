import { NEXT, SAME } from "./rows.js";
import type { Mode } from "./tape.js";

/** The modes in which a block takes the operands of an op, after those of the block before. */
export function operandModes(ways: Uint8Array, before: readonly Mode[]): Mode[] {
  const modes: Mode[] = [];
  for (let column = 0; column < ways.length; column++) {
    const own = ways[column]!;
    if (own === (SAME | NEXT)) modes.push(before[column] === "same" ? "same" : "next");
    else modes.push(own === SAME ? "same" : own === NEXT ? "next" : "any");
  }
  return modes;
}

/** The modes that all terms of a block allow; factors may change sides, one term at a time. */
export function termModes(ways: Uint8Array, products: boolean): readonly Mode[] {
  return (products ? PRODUCTS : SUMS).find((modes) => {
    for (let column = 1; column < ways.length; column += modes.length) {
      if (!fits(ways, column, modes) && !fitsSwapped(ways, column, modes)) return false;
    }
    return true;
  })!;
}

/** From the cheapest to that which is always possible. */
const SUMS: readonly (readonly Mode[])[] = [["next"], ["any"]];
const PRODUCTS: readonly (readonly Mode[])[] = [
  ["same", "next"],
  ["next", "next"],
  ["same", "any"],
  ["any", "any"],
];

/** Whether a term, from this column on, can be taken in these modes. */
export const fits = (ways: Uint8Array, column: number, [a, b]: readonly Mode[]): boolean =>
  allows(ways[column]!, a!) && (b === undefined || allows(ways[column + 1]!, b));

const fitsSwapped = (ways: Uint8Array, column: number, [a, b]: readonly Mode[]): boolean =>
  b !== undefined && allows(ways[column + 1]!, a!) && allows(ways[column]!, b);

const allows = (ways: number, mode: Mode): boolean =>
  mode === "any" || (ways & (mode === "same" ? SAME : NEXT)) !== 0;
