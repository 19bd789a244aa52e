import type { Graph, GraphEdge } from "./graph.js";
import { isLeaf } from "./graph-of.js";
import { groupBy } from "./group-by.js";

/** Two ways into one operation: past a branch, and out of it. */
export interface Skip {
  readonly identity: GraphEdge;
  /** The last edge of the branch. */
  readonly branch: GraphEdge;
}

/**
 * The skip connections: operations of two arguments one of which was made from the other. Leaves
 * may begin an identity; other arguments that are leaves do not count.
 */
export function skipsOf({ nodes, edges }: Graph): Skip[] {
  const entering = groupBy(edges, ({ to }) => to);
  const places = new Map(nodes.map(({ id }, at) => [id, at]));

  /** Whether `end` was made from `start`; nodes that come before `start` were not. */
  const isMadeFrom = (end: string, start: string): boolean => {
    const first = places.get(start)!;
    const open = [end];
    const seen = new Set(open);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const { from } of entering.get(at) ?? []) {
        if (from === start) return true;
        if (seen.has(from) || places.get(from)! < first) continue;
        seen.add(from);
        open.push(from);
      }
    }
    return false;
  };

  return nodes.flatMap(({ id, role }): Skip[] => {
    const [a, b, ...more] = entering.get(id) ?? [];
    if (role === "collapsed" || isLeaf(role) || !a || !b || more.length > 0) return [];
    if (isMadeFrom(b.from, a.from)) return [{ identity: a, branch: b }];
    return isMadeFrom(a.from, b.from) ? [{ identity: b, branch: a }] : [];
  });
}
