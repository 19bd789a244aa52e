import type { Graph, GraphNode, GraphScope } from "./graph.js";
import { isLeaf } from "./graph-of.js";
import { groupBy } from "./group-by.js";

/**
 * Leaves out the frame of a scope that joins collapsed scopes by one operation, as a residual block
 * does: the operation bears its name instead.
 */
export function unframe(graph: Graph): Graph {
  const members = groupBy(graph.nodes, ({ scope }) => scope);
  const joints = new Map<string, GraphNode>();
  for (const { id } of graph.scopes) {
    const own = (members.get(id) ?? []).filter(({ role }) => !isLeaf(role));
    const [joint, ...more] = own.filter(({ role }) => role !== "collapsed");
    if (joint && more.length === 0 && own.length > 1) joints.set(id, joint);
  }
  const parents = new Map(graph.scopes.map(({ id, parent }) => [id, parent]));
  const around = (scope: string | null): string | null =>
    scope !== null && joints.has(scope) ? around(parents.get(scope)!) : scope;
  const named = new Map(
    graph.scopes.flatMap((scope) => {
      const joint = joints.get(scope.id);
      return joint ? [[joint, nameOf(scope, joint)] as const] : [];
    }),
  );
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const label = named.get(node);
      return { ...node, scope: around(node.scope), ...(label && { label }) };
    }),
    scopes: graph.scopes
      .filter(({ id }) => !joints.has(id))
      .map((scope) => ({ ...scope, parent: around(scope.parent) })),
  };
}

/** `Residual 3`, after the operation's own name if it has one. */
const nameOf = ({ kind, path }: GraphScope, { label }: GraphNode): string =>
  [label, kind, path].filter(Boolean).join(" ");
