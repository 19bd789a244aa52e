import { ValueError } from "@neurite/autograd";
import type { Graph, GraphEdge, GraphNode } from "../graph/graph.js";
import { groupBy } from "../graph/group-by.js";

/** What enters the weighted sum: the edge that brings it, and where it comes from. */
export interface Term {
  readonly edge: GraphEdge;
  readonly node: GraphNode;
  /** The two edges of a product, of numbers or of vectors; undefined for a bias. */
  readonly factors?: readonly [Factor, Factor];
}

export interface Factor {
  readonly edge: GraphEdge;
  readonly node: GraphNode;
}

/** The parts of `activation(Σ xᵢ·wᵢ + b)`. */
export interface Neuron {
  readonly sum: GraphNode;
  readonly terms: readonly Term[];
  /** From the sum outwards: each node with the edge that enters it. */
  readonly activations: readonly Factor[];
}

/**
 * Finds one neuron under the last node of a simplified graph: functions of one argument around a
 * weighted sum, written with numbers (`x1.mul(w1).add(x2.mul(w2))`) or vectors (`x.dot(w)`).
 */
export function recogniseNeuron(graph: Graph): Neuron {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const entering = groupBy(graph.edges, ({ to }) => to);
  const uses = groupBy(graph.edges, ({ from }) => from);
  const inputsOf = ({ id }: GraphNode): Factor[] =>
    (entering.get(id) ?? []).map((edge) => ({ edge, node: nodes.get(edge.from)! }));

  const termsOf = (into: Factor[]): Term[] =>
    into.flatMap(({ edge, node }): Term[] => {
      if (node.op === "add" && uses.get(node.id)!.length === 1) return termsOf(inputsOf(node));
      const factors = factorsOf(node, inputsOf);
      return [{ edge, node, ...(factors && { factors }) }];
    });

  const activations: Factor[] = [];
  let at = graph.nodes.at(-1)!;
  while (!isSum(at, inputsOf)) {
    const [only, ...rest] = inputsOf(at);
    if (!only || rest.length > 0 || at.shape.length > 0) throw notANeuron(at);
    activations.unshift({ edge: only.edge, node: at });
    at = only.node;
  }
  if (at.op === "add") return { sum: at, terms: termsOf(inputsOf(at)), activations };
  return { sum: at, terms: productsOf(at, factorsOf(at, inputsOf)!), activations };
}

const isSum = (node: GraphNode, inputsOf: (node: GraphNode) => Factor[]): boolean =>
  node.shape.length === 0 && (node.op === "add" || factorsOf(node, inputsOf) !== undefined);

/** A product without a bias: the sum is the operation itself. */
const productsOf = (node: GraphNode, factors: readonly [Factor, Factor]): Term[] => [
  { edge: { ...factors[0].edge, from: node.id }, node, factors },
];

/** The factors of a product of two numbers, or of a product of two vectors summed up. */
function factorsOf(
  node: GraphNode,
  inputsOf: (node: GraphNode) => Factor[],
): readonly [Factor, Factor] | undefined {
  const inputs = inputsOf(node);
  const [first, second] = inputs;
  const rankOf = ({ node }: Factor) => node.shape.length;
  if (node.op === "sum" && first?.node.op === "mul") {
    const [a, b] = inputsOf(first.node);
    return a && b && rankOf(a) === 1 && rankOf(b) === 1 ? [a, b] : undefined;
  }
  if (!first || !second) return undefined;
  const isDot = node.op === "contract" && rankOf(first) === 1 && rankOf(second) === 1;
  const isProduct = node.op === "mul" && rankOf(first) === 0 && rankOf(second) === 0;
  return isDot || isProduct ? [first, second] : undefined;
}

const notANeuron = ({ op }: GraphNode): Error =>
  new ValueError(
    "neuronToDot",
    `found ${op}, expected activation(sum of products + bias) of numbers`,
    { fix: "give the output of one neuron, or draw the graph with toDot" },
  );
