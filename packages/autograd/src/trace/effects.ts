import type { Value } from "../ndarray.js";
import type { Spec, Tensor } from "../op.js";

/** What effects know of a variable: a place that holds a tensor, and beside it a gradient. */
export interface Cell extends Spec {
  readonly label: string | undefined;
  /** The node of the present value. */
  readonly leaf: Tensor;
  assign(value: Tensor): void;
  grad: Tensor | null;
  /** Whether a backward pass gives it a gradient. */
  readonly requiresGrad: boolean;
  /** Whether there is a gradient; unlike `grad`, it fetches nothing. */
  readonly hasGrad: boolean;
  /** Counts the values it has been given; what a compiled step writes is not counted. */
  readonly version: number;
  readonly gradVersion: number;
  /** Says that a step has written the value to a place of its own: it is read when asked for. */
  defer(read: () => Value): void;
  deferGrad(read: () => Value): void;
}

/**
 * The one gate through which implicit state passes. Eager execution has none installed: cells are
 * read and written where they are. A trace installs its own, so that reads become inputs of the
 * graph and writes become outputs.
 */
export interface Effects {
  read(cell: Cell): Tensor;
  assign(cell: Cell, value: Tensor): void;
  grad(cell: Cell): Tensor | null;
  setGrad(cell: Cell, gradient: Tensor | null): void;
  /** Says that a variable is about to be made; `op` is what makes it. */
  create(op: string): void;
  /** Reads a static value (such as "training") on which the recorded graph depends. */
  guard<T>(cell: { readonly value: T }): T;
}

let current: Effects | null = null;

/** The effects in force, or null while running eagerly. */
export const effects = (): Effects | null => current;

/** Reads a static value, telling the trace that is running, if one is. */
export const guarded = <T>(cell: { readonly value: T }): T =>
  current ? current.guard(cell) : cell.value;

export function withEffects<T>(effects: Effects | null, body: () => T): T {
  const outer = current;
  current = effects;
  try {
    return body();
  } finally {
    current = outer;
  }
}
