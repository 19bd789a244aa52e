import type { GraphScope } from "../graph/graph.js";
import type { Drawing, DrawnEdge, DrawnNode } from "./drawing.js";
import { clip, escapeRow, escapeText, slug } from "./escape.js";
import type { Fill, Palette } from "./palette.js";
import { labelParallels } from "./parallel.js";

/** An attribute list of DOT; what is left undefined is not written. */
type Attributes = Readonly<Record<string, string | number | undefined>>;

/**
 * A drawing as DOT text. It uses no HTML labels, no links and no fonts that a renderer would have
 * to look for, so that every version of Graphviz draws it alike.
 */
export function writeDot(drawing: Drawing, palette: Palette): string {
  const prefix = `viz-${slug(drawing.name)}`;
  const font = { fontname: quoted("Arial"), fontcolor: quoted(palette.text) };
  const graph = {
    id: quoted(prefix),
    class: drawing.classes.length > 0 ? quoted(drawing.classes.join(" ")) : undefined,
    comment: `"${drawing.summary.replace(/["\\]/g, "")}"`,
    rankdir: drawing.rankdir,
    newrank: "true",
    nodesep: drawing.rankdir === "LR" ? 0.22 : drawing.isColumn ? 0.3 : 0.4,
    ranksep: ranksep(drawing),
    bgcolor: quoted("transparent"),
    ...font,
    fontsize: 12,
    labeljust: "l",
  };
  const node = {
    shape: plainShape(drawing),
    style: "filled",
    ...font,
    fontsize: 11,
    color: quoted(palette.line),
    fillcolor: quoted(palette.fills.op),
    height: 0.3,
    margin: quoted(drawing.isColumn ? "0.12,0.03" : "0.14,0.06"),
  };
  const lines = [
    `digraph ${quoted(slug(drawing.name))} {`,
    `  graph ${attributes(graph)};`,
    `  node ${attributes(node)};`,
    `  edge ${attributes({ ...font, fontsize: 10, color: quoted(palette.line) })};`,
    "",
    ...block(drawing, null, prefix, palette),
    "",
    ...drawing.beside.map(({ from, to }) => `  { rank=same; ${quoted(from)}; ${quoted(to)}; }`),
    ...labelParallels(drawing).map((edge) => `  ${writeEdge(edge, prefix, palette)}`),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function ranksep({ rankdir, isDense, isColumn }: Drawing): number {
  if (rankdir === "LR") return 0.6;
  return isColumn ? 0.05 : isDense ? 0.2 : 0.36;
}

/** The nodes of a scope, and the scopes in it as clusters. */
function block(drawing: Drawing, scope: string | null, prefix: string, palette: Palette): string[] {
  const nodes = drawing.nodes.filter((node) => node.scope === scope);
  const inner = drawing.scopes.filter(({ parent }) => parent === scope);
  return [
    ...nodes.map((node) => writeNode(node, drawing, prefix, palette)),
    ...inner.flatMap((child) => cluster(child, drawing, prefix, palette)),
  ].map((line) => `  ${line}`);
}

function cluster(scope: GraphScope, drawing: Drawing, prefix: string, palette: Palette): string[] {
  const body = block(drawing, scope.id, prefix, palette);
  if (body.length === 0) return [];
  const look = [
    `id=${quoted(`${prefix}-${scope.id}`)}; class="scope"; style=rounded; margin=14;`,
    `color=${quoted(palette.frame)}; label=${quoted(escapeText(clip(titleOf(scope))))};`,
  ];
  return [
    `subgraph ${quoted(`cluster_${scope.id}`)} {`,
    ...look.map((l) => `  ${l}`),
    ...body,
    "}",
  ];
}

/** `Dense  layers.0`. */
const titleOf = ({ kind, path }: GraphScope): string => [kind, path].filter(Boolean).join("  ");

function writeNode(node: DrawnNode, drawing: Drawing, prefix: string, palette: Palette) {
  const shape = node.shape === "record" ? plainShape(drawing) : node.shape;
  const [fill, ...rest] = node.classes as [Fill, ...string[]];
  const isThin = drawing.isColumn && shape === "box3d";
  return `${quoted(node.id)} ${attributes({
    id: quoted(`${prefix}-${node.id}`),
    class: quoted([fill, ...rest].join(" ")),
    shape: node.shape === "record" ? undefined : shape,
    margin: shape === "box3d" ? quoted(drawing.isColumn ? "0.12,0.03" : "0.16,0.1") : undefined,
    group: drawing.lane?.has(node.id) ? "lane" : undefined,
    style: node.border && quoted(`filled,${node.border}`),
    fillcolor: fill === "op" ? undefined : quoted(palette.fills[fill]),
    color: fill === "broken" ? quoted(palette.broken) : undefined,
    penwidth: isThin || node.penwidth === 1 ? undefined : node.penwidth,
    width: node.rows.length === 1 ? 0.4 : undefined,
    height: node.rows.length === 1 ? 0.24 : undefined,
    label: quoted(labelOf(node, shape, drawing)),
    tooltip: quoted(escapeText(node.tooltip)),
  })};`;
}

/** Rows with lines between them. Dot cannot join two records of one rank: there rows are lines. */
const plainShape = ({ beside }: Drawing): "record" | "box" =>
  beside.length > 0 ? "box" : "record";

function labelOf({ rows, isFlat }: DrawnNode, shape: string, { rankdir }: Drawing): string {
  const clipped = rows.map((row) => clip(row));
  if (shape !== "record") return clipped.map(escapeText).join("\\n");
  const record = clipped.map(escapeRow).join("|");
  // Fields lie across the direction of the drawing; braces turn them.
  return (rankdir === "LR") === !isFlat ? record : `{${record}}`;
}

function writeEdge(edge: DrawnEdge, prefix: string, palette: Palette): string {
  const [level, ...rest] = edge.classes as [string, ...string[]];
  const style = level === "zero" ? "dashed" : level === "broken" ? "dotted" : undefined;
  return `${quoted(edge.from)} -> ${quoted(edge.to)} ${attributes({
    id: quoted(`${prefix}-${edge.id}`),
    class: quoted([level, ...rest].join(" ")),
    weight: edge.weight === 1 ? undefined : edge.weight,
    penwidth: level === "plain" ? undefined : round(edge.penwidth),
    arrowsize: round(0.6 + 0.15 * edge.penwidth),
    arrowhead: edge.classes.includes("negative") ? "tee" : undefined,
    style,
    color: level === "plain" ? undefined : quoted(edgeColour(level, palette)),
    label: edge.label === undefined ? undefined : quoted(` ${escapeText(edge.label)} `),
    tooltip: quoted(escapeText(edge.tooltip)),
    labeltooltip: edge.label === undefined ? undefined : quoted(escapeText(edge.tooltip)),
  })};`;
}

/** The colour of an edge class in a theme. */
export function edgeColour(level: string, palette: Palette): string {
  const place = /^g(\d)$/.exec(level);
  if (place) return palette.levels[Number(place[1])]!;
  return level === "zero" ? palette.zero : level === "broken" ? palette.broken : palette.line;
}

const attributes = (list: Attributes): string =>
  `[${Object.entries(list)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
    .join(", ")}]`;

/** Text that is escaped already, between quotes. */
const quoted = (text: string): string => `"${text}"`;

const round = (x: number): number => Number(x.toFixed(2));
