import type { Graph, Tensor } from "@neurite/autograd";

/** A piece of a graph, as `trace` gives one, and as a loop keeps its step. */
export type Piece = Pick<Graph, "inputs" | "body" | "outputs">;

/** A piece with how often it runs. */
export interface Repeated {
  readonly piece: Piece;
  readonly times: number;
}

/** The pieces that a node stands for: the step of a loop, what a checkpoint computes. */
export function piecesIn(node: Tensor): Repeated[] {
  const attrs = (node.attrs ?? {}) as Record<string, unknown>;
  const times = typeof attrs.length === "number" ? attrs.length : 1;
  return Object.values(attrs)
    .filter(isPiece)
    .map((piece) => ({ piece, times }));
}

const isPiece = (value: unknown): value is Piece =>
  typeof value === "object" && value !== null && "body" in value && "outputs" in value;

/**
 * How many floating-point operations a node takes, pieces inside it left out: one for each element
 * of an elementwise function, two for each product that is added to a sum, none for what only moves
 * or looks up. An estimate for factorisations: n³/3 for each matrix n×n.
 */
export function flopsOf({ op, size, shape, inputs, attrs }: Tensor): number {
  switch (op.family) {
    case "unary":
    case "binary":
    case "comparison":
    case "selection":
      return size;
    case "reduction":
      return inputs[0]!.size;
    case "recurrence":
      return 2 * size;
    case "contraction": {
      const [a] = (attrs as { readonly axes: readonly [readonly number[]] }).axes;
      return a.reduce((product, axis) => product * inputs[0]!.shape[axis]!, 2 * size);
    }
    case "factorization":
      return (inputs[0]!.size * (shape.at(-1) ?? 1)) / 3;
    default:
      return 0;
  }
}
