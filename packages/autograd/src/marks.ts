import { runningFunction } from "./naming.js";
import type { Tensor } from "./op.js";
import type { Cell } from "./trace/effects.js";

// Few nodes have a label, an owner or a mark: kept beside the nodes, they cost the others nothing.
const labels = new WeakMap<Tensor, string>();
const owners = new WeakMap<Tensor, Cell>();
const detached = new WeakSet<Tensor>();
const results = new WeakMap<Tensor, readonly Tensor[]>();
const ofDerivatives = new WeakSet<Tensor>();
const sites = new WeakMap<Tensor, string>();
const functions = new WeakMap<Tensor, string>();

export const labelOf = (node: Tensor): string | undefined => labels.get(node);
export const setLabel = (node: Tensor, label: string): void => void labels.set(node, label);

/** The variable that a node stands for. */
export const ownerOf = (node: Tensor): Cell | undefined => owners.get(node);

/** Ties a node to the variable that it stands for. */
export function own(node: Tensor, variable: Cell): Tensor {
  owners.set(node, variable);
  return variable.label === undefined ? node : node.as(variable.label);
}

/** Marks a node that was traced under `noGrad`: it keeps its inputs, but passes no gradient. */
export const detach = (node: Tensor): void => void detached.add(node);
export const isDetached = (node: Tensor): boolean => detached.has(node);

/** The nodes of the several results that a node holds: always the same ones. */
export const resultsOf = (node: Tensor): readonly Tensor[] | undefined => results.get(node);
export const setResults = (node: Tensor, all: readonly Tensor[]): void =>
  void results.set(node, all);

/** `file:line:column` of the call that made a node, where somebody kept it. */
export const siteOf = (node: Tensor): string | undefined => sites.get(node);
export const setSite = (node: Tensor, site: string): void => void sites.set(node, site);

/** Marks a node that a derivative rule recorded; kept for ops alone that have no derivative. */
export const markOfDerivative = (node: Tensor): void => void ofDerivatives.add(node);
export const isOfDerivative = (node: Tensor): boolean => ofDerivatives.has(node);

/** The public function that a node is a part of, where that may be asked and is not its op. */
export const functionOf = (node: Tensor): string | undefined => functions.get(node);

/** Keeps the name of the running function for errors that come later, when the node is run. */
export function markFunction(node: Tensor): void {
  const name = runningFunction();
  if (name !== undefined && name !== node.op.name) functions.set(node, name);
}
