import type { Tensor } from "../op.js";

/** The nodes under some roots, every input before the nodes that use it. */
export interface Topology {
  readonly nodes: readonly Tensor[];
  /** Where in `nodes` the inputs of a node stand, slot by slot. */
  readonly inputs: readonly (readonly number[])[];
}

/**
 * Orders the graph under `roots` depth first, inputs in slot order, without recursion: the order
 * depends on the graph alone, so that ids taken from it are stable. While it runs, a node's `slot`
 * holds its place; afterwards all slots are free again, because rules may start traversals too.
 */
export function topology(roots: readonly Tensor[]): Topology {
  const nodes: Tensor[] = [];
  const path: Tensor[] = [];
  const next: number[] = [];
  const open = (node: Tensor) => {
    if (node.slot !== UNSEEN) return;
    node.slot = OPEN;
    path.push(node);
    next.push(0);
  };
  for (const root of roots) {
    open(root);
    while (path.length > 0) {
      const top = path.length - 1;
      const node = path[top]!;
      const input = node.inputs[next[top]!++];
      if (input !== undefined) {
        open(input);
        continue;
      }
      node.slot = nodes.length;
      nodes.push(node);
      path.pop();
      next.pop();
    }
  }
  const inputs = nodes.map((node) => node.inputs.map((input) => input.slot));
  for (const node of nodes) node.slot = UNSEEN;
  return { nodes, inputs };
}

const UNSEEN = -1;
const OPEN = -2;
