import { inputsAt, type Scope, type Tensor, topology } from "@neurite/autograd";
import { namedValues } from "./named-values.js";

/** What one layer of a recorded call computed. */
export interface LayerValues {
  /** The path of the innermost module or scope that made the output. */
  readonly path: string;
  /** The class of the module, or the name of the function; may be empty. */
  readonly kind: string;
  readonly output: Tensor;
  /**
   * What the activation function was applied to, in the shape of the output: null if the output is
   * not made of one value element by element. It is the output itself where there is no function.
   */
  readonly preActivation: Tensor | null;
  /** What the layer was given; null if that is not one tensor of floats. */
  readonly input: Tensor | null;
}

/**
 * The layers under some roots, in the order in which they were computed, each value once. A root
 * that no named layer made, as that of a model of a single layer, has the path "".
 */
export function layerValues(roots: readonly Tensor[]): LayerValues[] {
  const isOfData = dataUnder(roots);
  const seen = new Set<Tensor>();
  const layers: LayerValues[] = [];
  const add = (path: string, node: Tensor, scope: Scope) => {
    if (seen.has(node) || !isFloat(node) || node.rank === 0) return;
    seen.add(node);
    const within = insideOf(scope);
    layers.push({
      path,
      kind: scope.kind,
      output: node,
      preActivation: preActivationOf(node, within, isOfData),
      input: only(frontier(node, within, isOfData).filter(isFloat)),
    });
  };
  for (const { name, node, scope, isLabel } of namedValues(roots)) {
    if (!isLabel) add(name, node, scope);
  }
  for (const root of roots) add("", root, root.scope);
  return layers;
}

const isFloat = ({ dtype }: Tensor): boolean => dtype.startsWith("float");

const only = <T>(list: readonly T[]): T | null => (list.length === 1 ? list[0]! : null);

/** Which nodes depend on data: on given tensors, as opposed to variables and numbers alone. */
function dataUnder(roots: readonly Tensor[]): (node: Tensor) => boolean {
  const order = topology(roots);
  const found = new Set<Tensor>();
  for (const [at, node] of order.nodes.entries()) {
    const isGiven = node.inputs.length === 0 && !node.variable && node.rank > 0;
    const places = inputsAt(order, at);
    if (isGiven || places.some((place) => found.has(order.nodes[place]!))) found.add(node);
  }
  return (node) => found.has(node);
}

/** Whether a node was made in a scope or one inside it. */
const insideOf =
  (scope: Scope) =>
  (node: Tensor): boolean => {
    let at: Scope | null = node.scope;
    while (at && at !== scope) at = at.parent;
    return at !== null;
  };

/**
 * The nodes of data at which a walk back from `node` ends: the first for which `goesOn` is false.
 */
function frontier(
  node: Tensor,
  goesOn: (node: Tensor) => boolean,
  isOfData: (node: Tensor) => boolean,
): Tensor[] {
  const seen = new Set([node]);
  const stack = [node];
  const found: Tensor[] = [];
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (!goesOn(at)) {
      found.push(at);
      continue;
    }
    for (const input of at.inputs) {
      if (seen.has(input) || !isOfData(input)) continue;
      seen.add(input);
      stack.push(input);
    }
  }
  return found;
}

const elementwise = new Set(["unary", "binary", "comparison", "selection"]);

function preActivationOf(
  output: Tensor,
  within: (node: Tensor) => boolean,
  isOfData: (node: Tensor) => boolean,
): Tensor | null {
  // Behind the weighted sum lies arithmetic too: the bias.
  const isFunction = (node: Tensor) =>
    within(node) && elementwise.has(node.op.family) && !node.label?.startsWith("weighted sum");
  const found = only(frontier(output, isFunction, isOfData));
  const isAlike = found && isFloat(found) && found.shape.join() === output.shape.join();
  return isAlike ? found : null;
}
