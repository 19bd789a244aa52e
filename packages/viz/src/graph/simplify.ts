import type { Graph, GraphEdge, GraphNode } from "./graph.js";
import { isLeaf } from "./graph-of.js";
import { groupBy } from "./group-by.js";

/** Operations that a reader expects to see with a number beside their sign, as in `× 2`. */
const INFIX = new Set(["add", "sub", "mul", "div", "pow", "eq", "ne", "lt", "le", "gt", "ge"]);

/**
 * Leaves out what only serves the machine: broadcasts that fit a leaf into a shape, and constants
 * that are plain numbers, which move into their operation.
 */
export const simplify = (graph: Graph): Graph => inlineNumbers(foldBroadcasts(graph));

function foldBroadcasts(graph: Graph): Graph {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const folded = new Map<string, GraphEdge>();
  for (const edge of graph.edges) {
    const { op, role } = nodes.get(edge.to)!;
    if (op === "broadcastTo" && role === "op" && isLeaf(nodes.get(edge.from)!.role)) {
      folded.set(edge.to, edge);
    }
  }
  const edges = graph.edges.flatMap((edge): GraphEdge[] => {
    if (folded.has(edge.to)) return [];
    const fit = folded.get(edge.from);
    if (!fit) return [edge];
    // The leaf receives the sum over the repeats: what passed the edge below the broadcast.
    const { contribution } = fit;
    return [{ ...edge, from: fit.from, ...(contribution && { contribution }) }];
  });
  return { ...graph, nodes: graph.nodes.filter(({ id }) => !folded.has(id)), edges };
}

function inlineNumbers(graph: Graph): Graph {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const isNumber = ({ from, to }: GraphEdge) =>
    INFIX.has(nodes.get(to)!.op) && numberIn(nodes.get(from)!) !== undefined;
  const inlined = groupBy(graph.edges.filter(isNumber), ({ to }) => to);
  const edges = graph.edges.filter((edge) => !isNumber(edge));
  const used = new Set(edges.map(({ from }) => from));
  const dropped = new Set(
    [...inlined.values()]
      .flat()
      .map(({ from }) => from)
      .filter((id) => !used.has(id)),
  );
  return {
    ...graph,
    edges,
    nodes: graph.nodes
      .filter(({ id }) => !dropped.has(id))
      .map((node) => {
        const operands = inlined
          .get(node.id)
          ?.map(({ from, slot }) => ({ slot, value: numberIn(nodes.get(from)!)! }));
        return operands ? { ...node, operands } : node;
      }),
  };
}

/** The number that an unnamed constant of rank 0 holds. */
const numberIn = ({ role, data }: GraphNode): number | undefined =>
  role === "constant" ? data?.value : undefined;
