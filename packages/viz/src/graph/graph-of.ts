import {
  type BackpropInput,
  type BackwardRecord,
  inputsAt,
  Operand,
  type Tensor,
  topology,
} from "@neurite/autograd";
import type { Graph, GraphEdge, GraphNode, Role, Stat } from "./graph.js";
import { scopeTable } from "./scopes.js";
import { deadUnits, statOf, statOfNumber } from "./stat.js";
import { typeOf } from "./type-text.js";

export interface GraphOptions {
  /** Begins every id in a drawing, so that two drawings can share a page. */
  readonly name?: string;
  /** What `loss.backward()` returned: the gradients of the nodes and the edges. */
  readonly backward?: BackwardRecord;
  /** Variables that are data rather than parameters: drawn as inputs, with their gradients. */
  readonly inputs?: readonly Operand[];
}

/**
 * The graph under one or more roots as plain data. Ids follow from the graph alone: the same
 * program gives the same data. Without a `backward` record every gradient is `not-run`.
 */
export function graphOf(
  root: Operand | readonly Operand[],
  { name = "graph", backward, inputs = [] }: GraphOptions = {},
): Graph {
  const roots = (root instanceof Operand ? [root] : root).map((operand) => operand.asTensor());
  const data = new Set(inputs.map((input) => input.asTensor()));
  const order = topology(roots);
  const table = scopeTable(order);
  const flow = flowOf(backward);
  const nodes = order.nodes.map((node, at): GraphNode => {
    const { tuple } = node.op;
    const stat = tuple || node.value === undefined ? undefined : statOf(node);
    const dead = stat && node.op.name === "relu" && node.rank > 1 ? deadUnits(node) : undefined;
    return {
      id: `n${at}`,
      op: node.op.name,
      ...(node.label !== undefined && { label: node.label }),
      role: data.has(node) ? "input" : roleOf(node, roots, backward),
      shape: [...node.shape],
      dtype: node.dtype,
      scope: table.idOf(node),
      ...(stat && { data: stat }),
      grad: gradOf(node, backward),
      ...(dead && dead.units > 0 && { dead }),
      ...(tuple && { results: tuple.outputs(node.inputs, node.attrs).map(typeOf) }),
      ...(node.op.pick && { result: (node.attrs as { readonly index: number }).index }),
    };
  });
  const edges = order.nodes.flatMap((node, at) =>
    Array.from(inputsAt(order, at), (place, slot): GraphEdge => {
      const [from, to] = [`n${place}`, `n${at}`];
      return { id: `${to}-${slot}`, from, to, slot, ...flow.get(node)?.get(slot) };
    }),
  );
  const recorded = nodes.filter(({ role }) => !isLeaf(role)).length;
  return { name, nodes, edges, scopes: table.scopes, recorded };
}

/** Whether nodes of this role are given rather than computed. */
export const isLeaf = (role: Role): boolean =>
  role === "input" || role === "parameter" || role === "constant";

function roleOf(node: Tensor, roots: readonly Tensor[], backward?: BackwardRecord): Role {
  if (node.variable) return "parameter";
  if (node.op.name === "constant") return node.label === undefined ? "constant" : "input";
  if (node.op.family === "leaf") return "input";
  if (!roots.includes(node)) return "op";
  return backward?.loss === node ? "loss" : "output";
}

function gradOf(node: Tensor, backward?: BackwardRecord): GraphNode["grad"] {
  if (node.op.name === "constant") return "none";
  if (!backward) return "not-run";
  return backward.reached(node) ? statOf(backward.of(node)) : "none";
}

type Flow = Required<Pick<GraphEdge, "local" | "upstream" | "contribution">>;

/** What the backward pass sent through each slot of each node. */
function flowOf(backward?: BackwardRecord): Map<Tensor, Map<number, Flow>> {
  const flow = new Map<Tensor, Map<number, Flow>>();
  for (const { node, upstream, inputs } of backward?.steps() ?? []) {
    const arriving = statOfEither(upstream);
    const slot = ({ local, contribution }: BackpropInput) =>
      ({ local, upstream: arriving, contribution: statOfEither(contribution) }) satisfies Flow;
    flow.set(node, new Map(inputs.map((input) => [input.slot, slot(input)])));
  }
  return flow;
}

const statOfEither = (x: number | Tensor): Stat =>
  typeof x === "number" ? statOfNumber(x) : statOf(x);
