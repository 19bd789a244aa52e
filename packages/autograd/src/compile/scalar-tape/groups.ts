import type { Chains } from "./chains.js";
import { type Flat, OPERANDS } from "./flat.js";

/** Values of one kind, which can be computed side by side. */
export interface Group {
  readonly level: number;
  /** The place of their kind in the graph's list; a sum is of kind `add`. */
  readonly kind: number;
  /** How many terms each one sums; 0 for what is no sum. */
  readonly terms: number;
  readonly products: boolean;
  /** In the order of the graph. */
  readonly members: readonly number[];
}

/**
 * Puts what is computed on levels, each value above its operands, and what is of one kind on a
 * level into a group; groups come in an order in which they can run.
 */
export function groupsOf(flat: Flat, chains: Chains): Group[] {
  const { size, kind } = flat;
  const { computed, count, start, right } = chains;
  const level = levelsOf(flat, chains);
  const known = new Map<number, Building>();
  const shapes = 2 * (1 + count.reduce((most, own) => Math.max(most, own), 0));
  const all: Building[] = [];
  for (let at = 0; at < size; at++) {
    if (computed[at] === 0) continue;
    const terms = count[at]!;
    const products = terms > 0 && right[start[at]!]! >= 0;
    const place = level[at]! * flat.kinds.length + kind[at]!;
    const key = place * shapes + 2 * terms + (products ? 1 : 0);
    let group = known.get(key);
    if (!group) {
      group = { level: level[at]!, kind: kind[at]!, terms, products, members: [] };
      known.set(key, group);
      all.push(group);
    }
    group.members.push(at);
  }
  all.sort((a, b) => a.level - b.level || a.kind - b.kind || a.terms - b.terms);
  return all;
}

type Building = Omit<Group, "members"> & { readonly members: number[] };

/** The length of the longest way from given values to each computed one. */
function levelsOf({ size, operands }: Flat, chains: Chains): Int32Array {
  const { computed, count, start, initial, left, right } = chains;
  const level = new Int32Array(size);
  for (let at = 0; at < size; at++) {
    if (computed[at] === 0) continue;
    let deepest = 0;
    if (count[at] === 0) {
      for (let i = at * OPERANDS; i < (at + 1) * OPERANDS; i++) {
        if (operands[i]! >= 0) deepest = Math.max(deepest, level[operands[i]!]!);
      }
    } else {
      deepest = level[initial[at]!]!;
      for (let i = start[at]!; i < start[at]! + count[at]!; i++) {
        deepest = Math.max(deepest, level[left[i]!]!);
        if (right[i]! >= 0) deepest = Math.max(deepest, level[right[i]!]!);
      }
    }
    level[at] = deepest + 1;
  }
  return level;
}
