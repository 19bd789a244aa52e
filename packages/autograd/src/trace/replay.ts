import type { Value } from "../execute.js";
import { execute } from "../execute.js";
import type { Tensor } from "../op.js";
import { constant } from "../ops/leaf.js";
import { leaf } from "../tensor.js";
import type { Graph } from "./graph.js";

/**
 * Runs a traced graph on values: the simplest executor. Reads everything first, computes, and then
 * writes back; returns the outputs as constants.
 */
export function replay(graph: Graph, inputs: readonly Tensor[]): Tensor[] {
  const values = new Map<Tensor, Value>();
  for (const [i, node] of graph.inputs.entries()) values.set(node, inputs[i]!.value!);
  for (const { node, cell, place } of graph.captures) {
    values.set(node, (place === "grad" ? cell.grad! : cell.leaf).value!);
  }
  const known = (node: Tensor) => node.value ?? values.get(node)!;
  for (const node of graph.body) {
    if (node.value !== undefined) continue;
    const inputs = node.inputs.map(known);
    values.set(node, execute(node.op, node.inputs, inputs, node.attrs, node.spec));
  }
  const finished = (node: Tensor) => leaf(constant, node.spec, known(node));
  const outputs = graph.outputs.map(finished);
  const writes = graph.writes.map((write) => ({
    ...write,
    node: write.node && finished(write.node),
  }));
  for (const { cell, place, node } of writes) {
    if (place === "grad") cell.grad = node;
    else cell.assign(node!);
  }
  return outputs;
}
