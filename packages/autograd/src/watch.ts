import type { Value } from "./ndarray.js";
import type { Tensor } from "./op.js";

/** Looks on while nodes are recorded, run and differentiated. */
export interface Watcher {
  /** A node was made, with its value or on placeholders. */
  recorded(node: Tensor): void;
  /** A node of a piece, recorded earlier, was run on these values. */
  ran(node: Tensor, inputs: readonly Value[], value: Value): void;
  /** Runs the rule of a node: what `body` records belongs to its derivative. */
  differentiating<T>(node: Tensor, body: () => T): T;
  /** Makes the successor of a node: what `body` records stands where the node did. */
  remaking<T>(node: Tensor, body: () => T): T;
  /** The rule sent a contribution to the input at `slot`, from these cotangents of the results. */
  contributed(
    node: Tensor,
    slot: number,
    g: readonly (Tensor | undefined)[],
    contribution: Tensor,
  ): void;
}

let current: Watcher | null = null;

/** Who is looking on; null most of the time. */
export const watcher = (): Watcher | null => current;

export function withWatcher<T>(watcher: Watcher, body: () => T): T {
  const outer = current;
  current = watcher;
  try {
    return body();
  } finally {
    current = outer;
  }
}
