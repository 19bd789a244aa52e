import type { GraphNode } from "../graph/graph.js";
import type { DrawnNode } from "./drawing.js";
import { tooltipOf } from "./node-text.js";
import type { Fill } from "./palette.js";

/** A node with the given rows, in the look of its role. */
export function drawNode(node: GraphNode, rows: readonly string[]): DrawnNode {
  const { id, role, scope, contents } = node;
  const isCollapsed = role === "collapsed";
  const fill = fillOf(node);
  const isStrong = role === "parameter" || role === "output" || role === "loss" || isCollapsed;
  const border = fill === "dead" ? "dashed" : role === "constant" ? "dotted" : undefined;
  return {
    id,
    shape: fill === "broken" ? "octagon" : isCollapsed ? "box3d" : "record",
    classes: [...new Set([fill, role, ...(contents?.result ? [contents.result.role] : [])])],
    rows,
    tooltip: tooltipOf(node),
    scope,
    penwidth: isStrong || fill === "broken" ? 2 : 1,
    ...(border && { border }),
  };
}

function fillOf({ role, data, grad, dead, contents }: GraphNode): Fill {
  if (data?.nonFinite || (typeof grad !== "string" && grad.nonFinite)) return "broken";
  if (dead && dead.units === dead.of) return "dead";
  if (role === "collapsed") {
    return contents?.parameters ? "parameter" : contents?.result ? "output" : "op";
  }
  return role === "loss" ? "output" : role;
}
