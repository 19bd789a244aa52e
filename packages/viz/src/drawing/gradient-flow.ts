import { detailed, isOverview } from "../graph/detail.js";
import type { Graph, GraphEdge, GraphNode, Stat } from "../graph/graph.js";
import { showShape } from "../graph/type-text.js";
import { unframe } from "../graph/unframe.js";
import { arrange } from "./arrange.js";
import { amount, equation, gradientEdge } from "./draw-edge.js";
import { drawNode } from "./draw-node.js";
import type { DrawnNode } from "./drawing.js";
import { type Scale, scaleOf } from "./gradient-scale.js";
import { deadText, gradText, header } from "./node-text.js";
import { showNumber, showSize } from "./number.js";
import type { DotOptions } from "./options.js";
import { palettes } from "./palette.js";
import { type Source, toGraph } from "./source.js";
import { summaryOf } from "./summary.js";
import { writeDot } from "./write-dot.js";

/** Graphs with more nodes than this are drawn layer by layer. */
const MOST_OPERATIONS = 60;

/** With more gradients than this, their numbers are in the tooltips only. */
const MOST_LABELS = 40;

/** The same for a column of layers, where each number has a place of its own. */
const MOST_LINES = 160;

/** The gradients of one graph rarely differ less than this if something is wrong with them. */
const DECADES = 4;

/**
 * The gradient's way through the graph as DOT: width and colour of an edge are the logarithm of the
 * gradient that passed it backwards (its RMS for tensors), the head is its sign. Large graphs are
 * drawn with one node a layer, so that the widths tell where gradients fade or grow.
 */
export function gradientFlowToDot(source: Source, options: DotOptions = {}): string {
  const { theme = "light", precision } = options;
  const recorded = toGraph(source, options);
  const isLarge = recorded.nodes.length > MOST_OPERATIONS && recorded.scopes.length > 0;
  const full = detailed(recorded, { detail: isLarge ? "scope" : "op", ...options });
  const { rankdir, beside, isColumn, lane, weightOf } = arrange(full, options.rankdir);
  const graph = isColumn ? unframe(full) : full;
  const isDense = isOverview(graph);
  const isBeside = new Set(beside);
  const write = graph.nodes.every(({ shape }) => shape.length === 0) ? equation : amount;
  const { scale = scaleOf(graph, DECADES) } = options;
  const { edge: shown = labelsOf(graph, isColumn ? MOST_LINES : MOST_LABELS) } = options;
  const label = (edge: GraphEdge) =>
    shown === "contribution" && !(isColumn && isBeside.has(edge))
      ? write(edge, precision)
      : undefined;
  return writeDot(
    {
      name: graph.name,
      rankdir,
      beside,
      isDense,
      isColumn,
      lane,
      classes: [scaleClass(scale)],
      summary: summaryOf(graph, `Gradient flow, from ${power(scale.min)} to ${power(scale.max)}`),
      nodes: graph.nodes.map((node) => flowNode(node, isDense, isColumn)),
      edges: graph.edges.map((edge) => gradientEdge(edge, weightOf(edge), scale, label(edge))),
      scopes: graph.scopes,
    },
    palettes[theme],
  );
}

/** Names the scale to whoever draws the legend. */
export const scaleClass = ({ min, max }: Scale): string => `scale_${power(min)}_${power(max)}`;

const power = (x: number): string => x.toExponential().replace("e+", "e");

const labelsOf = ({ edges }: Graph, most: number): "none" | "contribution" =>
  edges.filter(({ contribution }) => contribution).length <= most ? "contribution" : "none";

/**
 * A node with its gradient and no data. A parameter that the loss does not reach says so. Between
 * layers operations are only signs. In a column all is said in one line.
 */
function flowNode(node: GraphNode, isDense: boolean, isColumn: boolean): DrawnNode {
  const { contents, dead, shape, role, grad } = node;
  if (node.results || (isDense && role === "op")) return drawNode(node, [header(node)]);
  const rows = [header(node)];
  const show = isColumn ? sizeText : flowText;
  if (shape.length > 0 && !contents) rows.push(showShape(shape));
  if (dead) rows.push(deadText(dead));
  const isCut = grad === "none" && (role === "parameter" || contents?.parameters);
  if (contents?.result && node.data) rows.push(`data ${flowText(node.data)}`);
  if (isCut) rows.push("no path");
  else if (!contents || contents.parameters) rows.push(gradText(node, show));
  const drawn = drawNode(node, isColumn ? [rows.join("   ")] : rows);
  return isCut ? { ...drawn, classes: [...drawn.classes, "cut"], border: "dashed" } : drawn;
}

/** In a column gradients are sizes throughout. */
const sizeText = ({ value, rms }: Stat): string =>
  value === undefined ? showSize(rms) : showNumber(value);

const flowText = ({ value, rms }: Stat): string =>
  value === undefined ? `rms ${showSize(rms)}` : showNumber(value);
