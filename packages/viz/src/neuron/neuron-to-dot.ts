import { equation, gradientEdge, plainEdge } from "../drawing/draw-edge.js";
import { drawNode } from "../drawing/draw-node.js";
import type { DrawnNode } from "../drawing/drawing.js";
import { scaleClass } from "../drawing/gradient-flow.js";
import { scaleOf } from "../drawing/gradient-scale.js";
import { rowsOf } from "../drawing/node-text.js";
import type { DotOptions } from "../drawing/options.js";
import { palettes } from "../drawing/palette.js";
import { type Source, toGraph } from "../drawing/source.js";
import { summaryOf } from "../drawing/summary.js";
import { writeDot } from "../drawing/write-dot.js";
import type { GraphEdge, GraphNode } from "../graph/graph.js";
import { simplify } from "../graph/simplify.js";
import { recogniseNeuron } from "./recognise.js";
import { textbook } from "./textbook.js";

/** The contributions in one neuron lie close together: three powers of ten tell them apart. */
const DECADES = 3;

/** From so many on, inputs and weights are drawn flat, so that pairs stand level with products. */
const MANY_INPUTS = 3;

/**
 * One neuron in the layout of a textbook as DOT: x and w in pairs, their products, one sum with the
 * bias, the activation. With `backward`, edges show `local × upstream = contribution`.
 */
export function neuronToDot(source: Source, options: DotOptions = {}): string {
  const { theme = "light", precision, rankdir = "LR", edge: shown = "contribution" } = options;
  const recorded = simplify(toGraph(source, options));
  const graph = textbook(recorded, recogniseNeuron(recorded));
  const isProduct = new Set(graph.nodes.flatMap(({ id, op }) => (op === "mul" ? [id] : [])));
  const isFactor = new Set(
    graph.edges.flatMap(({ from, to }) => (isProduct.has(to) ? [from] : [])),
  );
  const drawn = (node: GraphNode): DrawnNode => {
    const isFlat = isProduct.size >= MANY_INPUTS && isFactor.has(node.id);
    return { ...drawNode(node, rowsOf(node, options)), isFlat };
  };
  const hasRun = graph.edges.some(({ contribution }) => contribution);
  const { scale = scaleOf(graph, DECADES) } = options;
  // Products stand level with the pair they come from.
  const weightOf = ({ to }: GraphEdge) => (isProduct.has(to) ? 8 : 1);
  const edges = graph.edges.map((edge) => {
    if (!hasRun) return plainEdge(edge, weightOf(edge));
    const label = shown === "contribution" ? equation(edge, precision) : undefined;
    return gradientEdge(edge, weightOf(edge), scale, label);
  });
  return writeDot(
    {
      name: graph.name,
      rankdir,
      beside: [],
      isDense: false,
      classes: hasRun ? [scaleClass(scale)] : [],
      summary: summaryOf(graph, "One neuron"),
      nodes: graph.nodes.map(drawn),
      edges,
      scopes: graph.scopes,
    },
    palettes[theme],
  );
}
