import type { Tensor } from "../op.js";
import type { Cell } from "./effects.js";

/**
 * A function as a graph: what compiling, replaying and transforming start from. Nodes that do not
 * depend on an input were computed while tracing and are captured as constants.
 */
export interface Graph {
  /** The placeholders of the arguments, in the order of the leaves. */
  readonly inputs: readonly Tensor[];
  /** The placeholders that stand for variables and gradients, and where to read them. */
  readonly captures: readonly Capture[];
  /** Every node that is still to be computed, inputs first. */
  readonly body: readonly Tensor[];
  /** The leaves of the result. */
  readonly outputs: readonly Tensor[];
  /** What is written back after all of it was computed. */
  readonly writes: readonly Write[];
  /** Static values that the graph depends on, as they were. */
  readonly guards: readonly {
    readonly cell: { readonly value: unknown };
    readonly value: unknown;
  }[];
}

type Place = "value" | "grad";

export interface Capture {
  readonly cell: Cell;
  readonly place: Place;
  readonly node: Tensor;
}

export interface Write {
  readonly cell: Cell;
  readonly place: Place;
  readonly node: Tensor | null;
}
