import type { Tensor } from "../op.js";

/** The nodes under some roots, every input before the nodes that use it. */
export interface Topology {
  readonly nodes: readonly Tensor[];
  /** Where in `nodes` the inputs stand, node after node, slot by slot. */
  readonly edges: Int32Array;
  /** Where in `edges` those of a node begin; one entry more than there are nodes. */
  readonly starts: Int32Array;
}

/**
 * Orders the graph under `roots` depth first, inputs in slot order, without recursion: the order
 * depends on the graph alone, so that ids taken from it are stable. It does not look beneath the
 * nodes of `border`. While it runs, a node's `slot` holds its place; afterwards all slots are free
 * again, because rules may start traversals too.
 */
export function topology(roots: readonly Tensor[], border?: ReadonlySet<Tensor>): Topology {
  const nodes: Tensor[] = [];
  const path: Tensor[] = [];
  const close = (node: Tensor) => {
    node.slot = nodes.length;
    nodes.push(node);
  };
  for (let i = 0; i < roots.length; i++) {
    path.push(roots[i]!);
    while (path.length > 0) {
      const node = path[path.length - 1]!;
      if (node.slot === UNSEEN && !border?.has(node)) {
        node.slot = OPEN;
        // The last one pushed is looked at first: the first slot.
        const { a, b, rest } = node;
        for (let slot = rest.length - 1; slot >= 0; slot--) {
          if (rest[slot]!.slot === UNSEEN) path.push(rest[slot]!);
        }
        if (b !== undefined && b.slot === UNSEEN) path.push(b);
        if (a !== undefined && a.slot === UNSEEN) path.push(a);
        continue;
      }
      path.pop();
      if (node.slot < 0) close(node);
    }
  }
  const order = edgesOf(nodes, border);
  for (const node of nodes) node.slot = UNSEEN;
  return order;
}

const UNSEEN = -1;
const OPEN = -2;

/** The edges between nodes whose slots hold their places. */
function edgesOf(nodes: readonly Tensor[], border?: ReadonlySet<Tensor>): Topology {
  const starts = new Int32Array(nodes.length + 1);
  const inputsOf = (node: Tensor) => (border?.has(node) ? 0 : arity(node));
  for (let at = 0; at < nodes.length; at++) starts[at + 1] = starts[at]! + inputsOf(nodes[at]!);
  const edges = new Int32Array(starts[nodes.length]!);
  for (let at = 0; at < nodes.length; at++) {
    const { a, b, rest } = nodes[at]!;
    let edge = starts[at]!;
    if (edge === starts[at + 1]) continue;
    if (a !== undefined) edges[edge++] = a.slot;
    if (b !== undefined) edges[edge++] = b.slot;
    for (const input of rest) edges[edge++] = input.slot;
  }
  return { nodes, edges, starts };
}

const arity = ({ a, b, rest }: Tensor): number => (a ? 1 : 0) + (b ? 1 : 0) + rest.length;

/** Where the inputs of a node stand, slot by slot. */
export const inputsAt = ({ edges, starts }: Topology, at: number): Int32Array =>
  edges.subarray(starts[at], starts[at + 1]);
