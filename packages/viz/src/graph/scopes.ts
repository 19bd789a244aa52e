import { inputsAt, type Scope, type Tensor, type Topology } from "@neurite/autograd";
import type { GraphScope } from "./graph.js";

/** The scopes of a graph, and the one in which each node is drawn. */
export interface ScopeTable {
  readonly scopes: readonly GraphScope[];
  idOf(node: Tensor): string | null;
}

/**
 * Numbers the scopes in the order in which the nodes meet them. A node lies where it was recorded;
 * a leaf of a variable, recorded wherever the variable happened to be read first, lies in the
 * innermost scope around all its uses.
 */
export function scopeTable(order: Topology): ScopeTable {
  const { nodes } = order;
  const homes = new Map<Tensor, Scope>();
  for (let at = nodes.length - 1; at >= 0; at--) {
    const node = nodes[at]!;
    if (!node.variable) homes.set(node, node.scope);
    for (const place of inputsAt(order, at)) {
      const input = nodes[place]!;
      if (!input.variable) continue;
      const before = homes.get(input);
      homes.set(input, before ? common(before, node.scope) : node.scope);
    }
  }
  const ids = new Map<Scope, string>();
  const scopes: GraphScope[] = [];
  for (const node of nodes) {
    for (const scope of chain(homes.get(node) ?? node.scope)) {
      if (ids.has(scope)) continue;
      const id = `s${ids.size}`;
      ids.set(scope, id);
      const parent = (scope.parent && ids.get(scope.parent)) ?? null;
      scopes.push({ id, path: scope.path, kind: scope.kind, parent });
    }
  }
  return { scopes, idOf: (node) => ids.get(homes.get(node) ?? node.scope) ?? null };
}

/** The scopes around a node from the outermost in; the nameless root is none of them. */
function chain(scope: Scope): Scope[] {
  const path: Scope[] = [];
  for (let at: Scope | null = scope; at?.parent; at = at.parent) path.unshift(at);
  return path;
}

function common(a: Scope, b: Scope): Scope {
  const around = new Set<Scope>();
  for (let at: Scope | null = a; at; at = at.parent) around.add(at);
  let at = b;
  while (!around.has(at) && at.parent) at = at.parent;
  return at;
}
