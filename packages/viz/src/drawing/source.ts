import { Operand } from "@neurite/autograd";
import type { Graph } from "../graph/graph.js";
import { type GraphOptions, graphOf } from "../graph/graph-of.js";

/** What can be drawn: nodes as they were recorded, or their graph as data. */
export type Source = Operand | readonly Operand[] | Graph;

export function toGraph(source: Source, options: GraphOptions): Graph {
  if (source instanceof Operand || !("nodes" in source)) return graphOf(source, options);
  return options.name === undefined ? source : { ...source, name: options.name };
}
