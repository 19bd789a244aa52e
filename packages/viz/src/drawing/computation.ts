import { detailed, isOverview } from "../graph/detail.js";
import type { Graph, GraphEdge, GraphNode } from "../graph/graph.js";
import { showShape } from "../graph/type-text.js";
import { arrange } from "./arrange.js";
import { equation, plainEdge } from "./draw-edge.js";
import { drawNode } from "./draw-node.js";
import { rowsOf } from "./node-text.js";
import type { DotOptions } from "./options.js";
import { palettes } from "./palette.js";
import { type Source, toGraph } from "./source.js";
import { summaryOf } from "./summary.js";
import { writeDot } from "./write-dot.js";

/** With more edges than this, what backward sent through them is in the tooltips only. */
const MOST_LABELS = 24;

/**
 * The computation graph as DOT: one node a value with its data and gradient, one edge an argument.
 * Scopes become frames. Give `{ backward: loss.backward() }` to see gradients.
 */
export function toDot(source: Source, options: DotOptions = {}): string {
  const { theme = "light", precision } = options;
  const graph = detailed(toGraph(source, options), options);
  const { edge: shown = labelsOf(graph) } = options;
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const label = (edge: GraphEdge) => {
    if (shown === "contribution") return equation(edge, precision);
    return shown === "shape" ? showShape(nodes.get(edge.from)!.shape) : undefined;
  };
  const { rankdir, beside, lane, weightOf } = arrange(graph, options.rankdir);
  return writeDot(
    {
      name: graph.name,
      rankdir,
      beside,
      isDense: isOverview(graph),
      lane,
      classes: [],
      summary: summaryOf(graph, "Computation graph"),
      nodes: graph.nodes.map((node) => drawNode(node, rows(node, options))),
      edges: graph.edges.map((edge) => plainEdge(edge, weightOf(edge), label(edge))),
      scopes: graph.scopes,
    },
    palettes[theme],
  );
}

/** Scalars have room for `local × upstream = contribution` on their edges. */
function labelsOf({ nodes, edges }: Graph): "none" | "contribution" {
  const isScalar = nodes.every(({ shape }) => shape.length === 0);
  return isScalar && edges.length <= MOST_LABELS ? "contribution" : "none";
}

function rows(node: GraphNode, options: DotOptions): string[] {
  const { contents } = node;
  if (!contents) return rowsOf(node, options);
  const [name, ...numbers] = rowsOf(node, options);
  return [name!, contentsText(contents), ...numbers];
}

/** `3 ops, 72 parameters`. */
const contentsText = ({ ops, parameters }: NonNullable<GraphNode["contents"]>): string =>
  [`${ops} ${ops === 1 ? "op" : "ops"}`, parameters > 0 && `${parameters} parameters`]
    .filter(Boolean)
    .join(", ");
