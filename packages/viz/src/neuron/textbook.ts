import { ValueError } from "@neurite/autograd";
import type { Graph, GraphEdge, GraphNode, GraphScope, Stat } from "../graph/graph.js";
import { statOfNumber } from "../graph/stat.js";
import type { Factor, Neuron, Term } from "./recognise.js";

/** Vectors up to this length are drawn element by element. */
const MOST_INPUTS = 8;

/**
 * The neuron as a textbook draws it: pairs of input and weight, their products, one sum of them all
 * and the bias, the activation. Vectors are written out in elements.
 */
export function textbook(graph: Graph, neuron: Neuron): Graph {
  const { sum, terms, activations } = neuron;
  const home = sum.scope ?? NEURON.id;
  const parts = terms.map((term) => partOf(term, sum, home));
  const sources = parts.flatMap(({ sources }) => sources);
  const isVector = parts.some(({ products }) => products.length > 1);
  const outputs = activations.map(({ node }) => node);
  const total: GraphNode = { ...sum, op: isVector ? "Σ" : "add", scope: home };
  const entering = parts.flatMap((part) => part.arriving);
  return {
    ...graph,
    scopes: sum.scope === null ? [NEURON] : graph.scopes,
    nodes: [
      ...new Map(sources.map((node) => [node.id, { ...node, scope: null }])).values(),
      ...parts.flatMap(({ products }) => products),
      ...[total, ...outputs].map((node) => asOutput(node, home)),
    ],
    edges: [
      ...parts.flatMap(({ edges }) => edges),
      ...entering.map((edge, slot) => ({ ...edge, id: `${sum.id}-${slot}`, slot, to: sum.id })),
      ...activations.map(({ edge }) => edge),
    ],
  };
}

/** The frame around a neuron that was recorded in no scope; without one, dot mixes up the order. */
const NEURON: GraphScope = { id: "s0", path: "", kind: "Neuron", parent: null };

/** What a pass began with is the output of the neuron all the same. */
const asOutput = (node: GraphNode, home: string): GraphNode => ({
  ...node,
  scope: node.scope ?? home,
  role: node.role === "loss" ? "output" : node.role,
});

interface Part {
  readonly sources: GraphNode[];
  readonly products: GraphNode[];
  /** Into the products. */
  readonly edges: GraphEdge[];
  /** Into the sum. */
  readonly arriving: GraphEdge[];
}

function partOf(term: Term, sum: GraphNode, home: string): Part {
  const { node, edge, factors } = term;
  if (!factors) return { sources: [asSource(node)], products: [], edges: [], arriving: [edge] };
  const count = factors[0].node.shape[0] ?? 1;
  if (factors[0].node.shape.length === 0 && node !== sum) {
    const edges = factors.map((factor) => factor.edge);
    const sources = factors.map((factor) => asSource(factor.node));
    return { sources, products: [{ ...node, scope: home }], edges, arriving: [edge] };
  }
  if (count > MOST_INPUTS) throw tooMany(count);
  const parts = Array.from({ length: count }, (_, i) => elementOf(i, node, factors, home));
  return {
    sources: parts.flatMap(({ sources }) => sources),
    products: parts.flatMap(({ products }) => products),
    edges: parts.flatMap(({ edges }) => edges),
    arriving: parts.flatMap(({ arriving }) => arriving),
  };
}

/** Whatever feeds a neuron is an input to it, even if it was computed. */
const asSource = (node: GraphNode): GraphNode =>
  node.role === "op" ? { ...node, role: "input", label: node.label ?? node.op } : node;

/** One element of a product of vectors: x and w at `i`, their product, and the edges between. */
function elementOf(
  i: number,
  dot: GraphNode,
  factors: readonly [Factor, Factor],
  home: string,
): Part {
  const values = factors.map(({ node }) => node.data?.elements?.[i]);
  const [x, w] = values;
  const upstream = typeof dot.grad === "string" ? undefined : dot.grad;
  const id = `${dot.id}-${i}`;
  const product: GraphNode = {
    id,
    op: "mul",
    role: "op",
    shape: [],
    dtype: dot.dtype,
    scope: home,
    ...(x !== undefined && w !== undefined && { data: statOfNumber(x * w) }),
    grad: dot.grad,
  };
  const edges = factors.map(({ node, edge }, slot): GraphEdge => {
    const sent = edge.contribution?.elements?.[i];
    const local = values[1 - slot];
    return {
      id: `${id}-${slot}`,
      from: sourceId(node, i),
      to: id,
      slot,
      ...(sent !== undefined &&
        upstream &&
        local !== undefined && { local, upstream, contribution: statOfNumber(sent) }),
    };
  });
  const flow = upstream && { local: 1, upstream, contribution: upstream };
  return {
    sources: factors.map(({ node }, slot) => elementNode(node, i, slot)),
    products: [product],
    edges,
    arriving: [{ id: `${dot.id}-in-${i}`, from: id, to: dot.id, slot: i, ...flow }],
  };
}

const sourceId = ({ id }: GraphNode, i: number): string => `${id}-${i}`;

function elementNode(vector: GraphNode, i: number, slot: number): GraphNode {
  const { data: whole, grad: slope, ...rest } = asSource(vector);
  const [data, grad] = [elementStat(whole, i), elementStat(slope, i)];
  const name = vector.label ?? (slot === 0 ? "x" : "w");
  return {
    ...rest,
    id: sourceId(vector, i),
    label: vector.shape.length === 0 ? name : `${name}${i + 1}`,
    role: rest.role === "constant" ? "input" : rest.role,
    shape: [],
    ...(data && { data }),
    grad: grad ?? (typeof slope === "string" ? slope : "none"),
  };
}

function elementStat(stat: Stat | string | undefined, i: number): Stat | undefined {
  const element = typeof stat === "object" ? stat.elements?.[i] : undefined;
  return element === undefined ? undefined : statOfNumber(element);
}

const tooMany = (count: number): Error =>
  new ValueError(
    "neuronToDot",
    `${count} inputs do not fit, at most ${MOST_INPUTS} are written out`,
    { fix: "draw the graph with toDot" },
  );
