import type { GraphEdge } from "../graph/graph.js";
import type { DrawnEdge } from "./drawing.js";
import { gradientLook, type Scale } from "./gradient-scale.js";
import { showNumber, showSize } from "./number.js";

/** An edge that shows only that one value enters an operation. */
export const plainEdge = (edge: GraphEdge, weight: number, label?: string): DrawnEdge => ({
  ...ends(edge),
  classes: ["plain", `slot-${edge.slot}`],
  penwidth: 1,
  weight,
  label,
});

/** An edge whose width, colour and head show the gradient that passed it backwards. */
export function gradientEdge(
  edge: GraphEdge,
  weight: number,
  scale: Scale,
  label?: string,
): DrawnEdge {
  const { level, penwidth, isNegative } = gradientLook(edge.contribution, scale);
  const sign = edge.contribution?.value === undefined ? [] : [isNegative ? "negative" : "positive"];
  const classes = [level, `slot-${edge.slot}`, ...sign];
  return { ...ends(edge), classes, penwidth, weight, label };
}

const ends = (edge: GraphEdge) => ({
  id: edge.id,
  from: edge.from,
  to: edge.to,
  tooltip: tooltipOf(edge),
});

/** Which argument the edge is, and what backward sent through it. */
function tooltipOf(edge: GraphEdge): string {
  const sent = equation(edge);
  const rule = typeof edge.local === "string" ? [edge.local] : [];
  return [`argument ${edge.slot}`, ...rule, ...(sent ? [`gradient ${sent}`] : [])].join("\n");
}

/** `local × upstream = contribution` for scalars; the size of the contribution for tensors. */
export function equation(edge: GraphEdge, precision?: number): string | undefined {
  const { local, upstream, contribution } = edge;
  if (typeof local !== "number" || upstream?.value === undefined) return amount(edge, precision);
  const [a, b] = [local, upstream.value].map((x) => showNumber(x, precision));
  return contribution && `${a} × ${b} = ${amount(edge, precision)}`;
}

/** What backward sent through the edge: a number, or the size of a tensor. */
export function amount({ contribution }: GraphEdge, precision?: number): string | undefined {
  if (!contribution) return undefined;
  const { value, rms } = contribution;
  return value === undefined ? showSize(rms) : showNumber(value, precision);
}
