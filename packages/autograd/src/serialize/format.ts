import type { DType } from "../dtype.js";
import type { Shape } from "../shape.js";
import type { Capture } from "../trace/graph.js";
import type { Json } from "./plain.js";

// The file: 8 bytes little-endian length of the header, the header as JSON, then the elements of
// tensors, little-endian and row-major. README.md shows one.

export const FORMAT = "neurite graph";

/** Grows when a reader of the version before would misread the file. */
export const VERSION = 1;

/** The header. Ids of nodes count within `nodes` or within a piece, other numbers are places. */
export interface Header {
  readonly format: typeof FORMAT;
  readonly version: number;
  readonly scopes: readonly ScopeEntry[];
  readonly variables: readonly VariableEntry[];
  /** Graphs inside nodes, such as the step of a loop; each uses only those before it. */
  readonly pieces: readonly PieceEntry[];
  readonly nodes: readonly NodeEntry[];
  /** What was given to `serialize`: nested nodes and variables, or a traced function. */
  readonly roots?: RootEntry;
  readonly traced?: TracedEntry;
}

/** A region; `parent` is left out at the top. */
export interface ScopeEntry {
  readonly name: string;
  readonly kind: string;
  readonly parent: number | undefined;
}

export interface VariableEntry {
  readonly label: string | undefined;
  readonly dtype: DType;
  readonly shape: Shape;
  readonly value: Json;
  readonly gradient: Json | undefined;
}

/**
 * A node. What does not apply to it is left out, such as dtype and shape where there are several
 * results: each `project` says its own.
 */
export interface NodeEntry {
  readonly id: number;
  readonly op: string;
  readonly inputs: readonly number[] | undefined;
  readonly attrs: Json | undefined;
  readonly dtype: DType | undefined;
  readonly shape: Shape | undefined;
  /** Of leaves alone: a number (rank 0), or where in the data the elements begin and end. */
  readonly value: Json | undefined;
  /** The variable that the node stands for. */
  readonly variable: number | undefined;
  readonly scope: number | undefined;
  readonly label: string | undefined;
  readonly detached: true | undefined;
}

export interface PieceEntry {
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly nodes: readonly NodeEntry[];
}

/** A node by its id, a variable as in "v0", or a nesting of them. */
export type RootEntry =
  | number
  | string
  | null
  | readonly RootEntry[]
  | { readonly [name: string]: RootEntry };

export interface TracedEntry {
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly captures: readonly { variable: number; place: Capture["place"]; node: number }[];
  readonly writes: readonly { variable: number; place: Capture["place"]; node: number | null }[];
  /** Variables whose gradient has to be null, or not to be, as it was when traced. */
  readonly guards: readonly { variable: number; isNull: boolean }[];
}
