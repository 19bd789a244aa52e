import { currentScope, inputsAt, type Scope, type Tensor, topology } from "@neurite/autograd";

/** A value of a graph that has a name. */
export interface NamedValue {
  /**
   * The path of the module or scope that it leaves, `encoder.1`, or of the one it was made in with
   * its label behind, `encoder.1.weighted sum`. When a name comes again it gets a number: `fc#2`.
   */
  readonly name: string;
  readonly node: Tensor;
  /** The scope that the value leaves; the one it was made in, for a label. */
  readonly scope: Scope;
  readonly isLabel: boolean;
}

/**
 * The named values under some roots, in the order in which they are computed. A scope's results are
 * the values made in it that something outside uses; given numbers and variables are nobody's.
 */
export function namedValues(roots: readonly Tensor[]): NamedValue[] {
  const order = topology(roots);
  const { nodes } = order;
  const base = currentScope();
  const chainOf = chains(base);
  // How many scopes of a value's chain it shares with the farthest of its users.
  const shared = nodes.map((node) => chainOf(node.scope).length);
  const places = new Map(nodes.map((node, at) => [node, at]));
  for (const root of roots) shared[places.get(root)!] = 0;
  for (const [at, node] of nodes.entries()) {
    const user = chainOf(node.scope);
    for (const place of inputsAt(order, at)) {
      const own = chainOf(nodes[place]!.scope);
      let common = 0;
      while (common < own.length && own[common] === user[common]) common++;
      shared[place] = Math.min(shared[place]!, common);
    }
  }
  const found: NamedValue[] = [];
  const seen = new Map<string, number>();
  const add = (scope: Scope, node: Tensor, label?: string) => {
    const path = namesOf(chainOf(scope))
      .concat(label ?? [])
      .join(".");
    const times = (seen.get(path) ?? 0) + 1;
    seen.set(path, times);
    const name = times > 1 ? `${path}#${times}` : path;
    found.push({ name, node, scope, isLabel: label !== undefined });
  };
  for (const [at, node] of nodes.entries()) {
    if (node.op.family === "leaf" || node.op.tuple) continue;
    if (node.label !== undefined) add(node.scope, node, node.label);
    const leaves = chainOf(node.scope).slice(shared[at]).reverse();
    for (const scope of leaves) if (scope.name !== "") add(scope, node);
  }
  return found;
}

/**
 * The scopes around a node from the outside to the inside, those that were there before left out.
 */
function chains(base: Scope): (scope: Scope) => readonly Scope[] {
  const known = new Map<Scope, readonly Scope[]>([[base, []]]);
  const chainOf = (scope: Scope): readonly Scope[] => {
    let chain = known.get(scope);
    if (!chain) {
      chain = scope.parent ? [...chainOf(scope.parent), scope] : [];
      known.set(scope, chain);
    }
    return chain;
  };
  return chainOf;
}

const namesOf = (chain: readonly Scope[]): string[] =>
  chain.map(({ name }) => name).filter((name) => name !== "");
