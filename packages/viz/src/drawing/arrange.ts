import { isOverview } from "../graph/detail.js";
import type { Graph, GraphEdge, GraphNode } from "../graph/graph.js";
import { isLeaf } from "../graph/graph-of.js";
import { groupBy } from "../graph/group-by.js";
import { skipsOf } from "../graph/skips.js";

/** How the nodes of a drawing are told to stand to each other. */
export interface Arrangement {
  readonly rankdir: "LR" | "TB";
  /** Edges whose ends share a rank: from leaves that enter one operation, and ends of branches. */
  readonly beside: readonly GraphEdge[];
  /** Whether this is a column of so many layers that each has to do with one line. */
  readonly isColumn: boolean;
  /** The nodes along the identities of a column, which stand in one straight line. */
  readonly lane: ReadonlySet<string>;
  /** How straight an edge is drawn: the way of the data counts more than what joins it. */
  weightOf(edge: GraphEdge): number;
}

/** Drawings with more ranks than this run from top to bottom: else they become ribbons. */
const MOST_RANKS_ACROSS = 7;

/** Overviews with more ranks than this are drawn as a column of single lines. */
const MOST_RANKS_OF_BOXES = 14;

/**
 * Small graphs run from left to right. Longer ones run downwards, with the parameters at the side
 * of their operation, so that the layers stand in one column.
 */
export function arrange(graph: Graph, given?: "LR" | "TB"): Arrangement {
  const ranks = rankCount(graph);
  const rankdir = given ?? (ranks > MOST_RANKS_ACROSS ? "TB" : "LR");
  const isColumn = rankdir === "TB" && ranks > MOST_RANKS_OF_BOXES && isOverview(graph);
  const skips = isColumn ? skipsOf(graph) : [];
  const identities = new Set(skips.map(({ identity }) => identity));
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const ends = ({ from, to }: GraphEdge) => [nodes.get(from)!, nodes.get(to)!] as const;
  const isTensors = graph.nodes.some(({ shape }) => shape.length > 0);
  return {
    rankdir,
    beside: [
      ...(rankdir === "TB" && isTensors ? soleUses(graph, nodes) : []),
      ...skips.map(({ branch }) => branch),
    ],
    isColumn,
    lane: new Set(skips.flatMap(({ identity: { from, to } }) => [from, to])),
    weightOf: (edge) => (identities.has(edge) ? IDENTITY : weightOf(...ends(edge))),
  };
}

/** What keeps an identity straight. */
const IDENTITY = 50;

function weightOf(from: GraphNode, to: GraphNode): number {
  if (from.role === "parameter" || from.role === "constant") return 1;
  if (from.role === "collapsed" && to.role === "collapsed") return 8;
  return from.role === "collapsed" || to.role === "collapsed" ? 2 : 16;
}

/** The edges from leaves that enter one operation and nothing else. */
function soleUses({ edges }: Graph, nodes: ReadonlyMap<string, GraphNode>): GraphEdge[] {
  const uses = groupBy(edges, ({ from }) => from);
  const entering = groupBy(edges, ({ to }) => to);
  return edges.filter(({ from, to }) => {
    const { role } = nodes.get(from)!;
    if (!isLeaf(role) || uses.get(from)!.length > 1) return false;
    const others = entering.get(to)!.filter((edge) => !isLeaf(nodes.get(edge.from)!.role));
    return role !== "input" || others.length > 0;
  });
}

/** The number of nodes on the longest path; nodes come in topological order. */
function rankCount({ nodes, edges }: Graph): number {
  const places = new Map(nodes.map(({ id }, at) => [id, at]));
  const ranks = new Array<number>(nodes.length).fill(1);
  const ends = edges.map(({ from, to }) => [places.get(from)!, places.get(to)!] as const);
  for (const [from, to] of ends.sort(([, a], [, b]) => a - b)) {
    if (from < to) ranks[to] = Math.max(ranks[to]!, ranks[from]! + 1);
  }
  return ranks.reduce((most, rank) => Math.max(most, rank), 0);
}
