import { atDepth, collapse, innermost, levelsOf } from "./collapse.js";
import type { Graph } from "./graph.js";
import { simplify } from "./simplify.js";

export interface DetailOptions {
  /** Draw every operation, or each scope as one node. */
  readonly detail?: "op" | "scope" | undefined;
  /** With `detail: "scope"`: the level that is drawn as nodes, from 1; the innermost by default. */
  readonly depth?: number | undefined;
  /** Beyond so many nodes, or twice the edges, scopes are collapsed; default 400. */
  readonly maxNodes?: number | undefined;
  /**
   * Leave out broadcasts of a leaf, and draw plain numbers inside their operation; default true.
   * With `false` every recorded node and edge is drawn.
   */
  readonly hideConstants?: boolean | undefined;
}

/** The graph as far as it is drawn: simplified, and collapsed until it fits. */
export function detailed(
  graph: Graph,
  { detail = "op", depth, maxNodes = 400, hideConstants = true }: DetailOptions,
): Graph {
  const full = hideConstants ? simplify(graph) : graph;
  const levels = Math.max(0, ...levelsOf(full.scopes).values());
  const first = depth === undefined ? [innermost(full.scopes)] : [];
  const deepest = Math.min(depth ?? levels, levels);
  const cuts = Array.from({ length: deepest }, (_, i) => atDepth(full.scopes, deepest - i));
  const fits = ({ nodes, edges }: Graph) =>
    nodes.length <= maxNodes && edges.length <= 2 * maxNodes;
  if (detail === "op" && full.nodes.length <= maxNodes) return full;
  let drawn = full;
  for (const cut of [...first, ...cuts]) {
    drawn = collapse(full, cut);
    if (fits(drawn)) break;
  }
  return drawn;
}

/** Whether scopes are drawn as nodes. */
export const isOverview = ({ nodes }: Graph): boolean =>
  nodes.some(({ role }) => role === "collapsed");

/** What was left out, in one sentence; undefined if all is drawn. */
export function omission({ nodes, recorded }: Graph): string | undefined {
  const boxes = nodes.filter(({ role }) => role === "collapsed").length;
  if (boxes === 0) return undefined;
  const count = recorded.toLocaleString("en-US");
  const shown = `Showing ${nodes.length} nodes for ${count} operations`;
  return `${shown}: ${boxes} scopes are drawn as one node each.`;
}
