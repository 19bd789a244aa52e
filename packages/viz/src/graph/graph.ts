/** Why a node is in the graph; the drawing gives each role a fill, a border and a word. */
export type Role =
  | "input"
  | "parameter"
  | "constant"
  | "op"
  | "output"
  | "loss"
  /** A whole scope, drawn as one node. */
  | "collapsed";

/** What a drawing needs to know of a tensor: a few numbers instead of all of them. */
export interface Stat {
  /** The root of the mean square: the size of a typical element. */
  readonly rms: number;
  readonly mean: number;
  /** The largest magnitude. */
  readonly max: number;
  /** The share of elements that are exactly 0. */
  readonly zeroFraction: number;
  /** How many elements are NaN or infinite. */
  readonly nonFinite: number;
  /** The number itself, if there is just one. */
  readonly value?: number;
  /** The elements in row-major order, if there are at most `MOST_ELEMENTS`. */
  readonly elements?: readonly number[];
}

export interface GraphNode {
  /** `n0`, `n1`, … in topological order; for a collapsed scope the id of the scope. */
  readonly id: string;
  /** The operation by its name in autograd; the kind of a collapsed scope. */
  readonly op: string;
  readonly label?: string;
  readonly role: Role;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** The id of the scope around the node. */
  readonly scope: string | null;
  /** Left out in a graph that was traced without values. */
  readonly data?: Stat;
  /** `none`: no gradient passes here; `not-run`: there was no backward pass to ask. */
  readonly grad: Stat | "none" | "not-run";
  /** Plain numbers that the drawing shows inside the operation, by slot. */
  readonly operands?: readonly { readonly slot: number; readonly value: number }[];
  /** What an operation of several results holds, each by its shape and dtype. */
  readonly results?: readonly string[];
  /** Which of several results the node takes. */
  readonly result?: number;
  /** How many units of a relu are 0 for every example, and of how many. */
  readonly dead?: { readonly units: number; readonly of: number };
  /** Of a collapsed scope. */
  readonly contents?: Contents;
}

/** What a collapsed scope holds. */
export interface Contents {
  readonly ops: number;
  /** Elements of all parameters. */
  readonly parameters: number;
  /** The output or loss of the whole graph, if it is among them. */
  readonly result?: { readonly role: "output" | "loss"; readonly label?: string };
}

/** One argument of one operation: `x.mul(x)` has two edges. */
export interface GraphEdge {
  /** The target's id and the slot, as in `n2-0`. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly slot: number;
  /** The local derivative: a number for scalars, for tensors the rule with its shapes. */
  readonly local?: number | string;
  /** The gradient of the loss by the edge's target. */
  readonly upstream?: Stat;
  /** What the backward pass sent through this edge: `local · upstream`. */
  readonly contribution?: Stat;
}

/** A named region of the graph: what a layer leaves behind. */
export interface GraphScope {
  /** `s0`, `s1`, … in the order in which the nodes meet them, outer scopes first. */
  readonly id: string;
  /** The dotted path of names, as in `encoder.1`. */
  readonly path: string;
  /** What the region is, such as `Dense`; may be empty. */
  readonly kind: string;
  /** The id of the scope around it. */
  readonly parent: string | null;
}

/** A recorded graph as plain immutable data: all that a drawing is made from. */
export interface Graph {
  readonly name: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly scopes: readonly GraphScope[];
  /** Operations that the graph stands for, where scopes were collapsed. */
  readonly recorded: number;
}
