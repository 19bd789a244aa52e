import type { Tensor } from "../op.js";
import { watcher } from "../watch.js";
import { numberRulesOf } from "./number-rules.js";
import { markNeeded, type Pullback } from "./pullback.js";
import { topology } from "./topology.js";

/**
 * The backward pass of a graph of numbers, in numbers: no node is made on the way. It computes what
 * `pullback` does, to the bit. Null, if a node is not a number, a rule needs
 * more than numbers, or somebody watches the nodes.
 */
export function numericPullback(root: Tensor, wanted: (node: Tensor) => boolean): Pullback | null {
  if (watcher()) return null;
  const order = topology([root]);
  const { nodes, edges, starts } = order;
  for (const node of nodes) if (typeof node.value !== "number") return null;
  const needed = markNeeded(order, wanted);
  const cotangents = new Float64Array(nodes.length);
  const reached = new Uint8Array(nodes.length);
  const last = nodes.length - 1;
  cotangents[last] = 1;
  reached[last] = needed[last]!;
  const isSingle = root.dtype === "float32";
  for (let at = last; at >= 0; at--) {
    if (reached[at] === 0) continue;
    const first = starts[at]!;
    const end = starts[at + 1]!;
    if (first === end) continue;
    const node = nodes[at]!;
    const rules = numberRulesOf(node);
    if (rules === null) return null;
    const g = cotangents[at]!;
    const y = node.value as number;
    const a = nodes[edges[first]!]!.value as number;
    const b = end > first + 1 ? (nodes[edges[first + 1]!]!.value as number) : 0;
    const c = end > first + 2 ? (nodes[edges[first + 2]!]!.value as number) : 0;
    for (let edge = first; edge < end; edge++) {
      const place = edges[edge]!;
      const rule = rules[edge - first];
      if (needed[place] === 0 || !rule) continue;
      const contribution = rule(g, y, a, b, c);
      const sum = reached[place] ? cotangents[place]! + contribution : contribution;
      cotangents[place] = isSingle ? Math.fround(sum) : sum;
      reached[place] = 1;
    }
  }
  const cotangentAt = (at: number) =>
    reached[at] ? nodes[at]!.constantLike(cotangents[at]!) : undefined;
  return { ...order, needed, cotangentAt };
}
