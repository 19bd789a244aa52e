import { omission } from "../graph/detail.js";
import type { Graph, Role } from "../graph/graph.js";

/** A drawing in words, for those who cannot see it: what it is, and how much of what it holds. */
export function summaryOf(graph: Graph, what: string): string {
  const count = (role: Role) => graph.nodes.filter((node) => node.role === role).length;
  const parts = [
    counted(count("input"), "input"),
    counted(count("parameter"), "parameter"),
    counted(count("constant"), "constant"),
    counted(count("op") + count("output") + count("loss"), "operation"),
    counted(count("collapsed"), "layer"),
  ].filter((part) => !part.startsWith("0"));
  const sentence = `${what}: ${parts.join(", ")}, ${counted(graph.edges.length, "edge")}.`;
  return [sentence, omission(graph)].filter(Boolean).join(" ");
}

const counted = (n: number, thing: string): string => `${n} ${thing}${n === 1 ? "" : "s"}`;
