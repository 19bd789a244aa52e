import type { Tensor } from "../op.js";

/** The nodes under some roots, every input before the nodes that use it. */
export interface Topology {
  readonly nodes: readonly Tensor[];
  /** Where in `nodes` the inputs of a node stand, slot by slot. */
  readonly inputs: readonly Int32Array[];
}

/**
 * Orders the graph under `roots` depth first, inputs in slot order, without recursion: the order
 * depends on the graph alone, so that ids taken from it are stable. While it runs, a node's `slot`
 * holds its place; afterwards all slots are free again, because rules may start traversals too.
 */
export function topology(roots: readonly Tensor[]): Topology {
  const nodes: Tensor[] = [];
  const path: { node: Tensor; next: number }[] = [];
  for (const root of roots) {
    if (root.slot === UNSEEN) path.push(open(root));
    while (path.length > 0) {
      const top = path[path.length - 1]!;
      const input = top.node.inputs[top.next++];
      if (input === undefined) {
        top.node.slot = nodes.length;
        nodes.push(top.node);
        path.pop();
      } else if (input.slot === UNSEEN) {
        path.push(open(input));
      }
    }
  }
  const inputs = nodes.map((node) => Int32Array.from(node.inputs, (input) => input.slot));
  for (const node of nodes) node.slot = UNSEEN;
  return { nodes, inputs };
}

const UNSEEN = -1;
const OPEN = -2;

function open(node: Tensor) {
  node.slot = OPEN;
  return { node, next: 0 };
}
