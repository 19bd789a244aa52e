import { TraceError } from "../errors.js";
import { execute } from "../execute.js";
import type { Value } from "../ndarray.js";
import type { Tensor } from "../op.js";
import { constant } from "../ops/leaf.js";
import { sameShape, showShape } from "../shape.js";
import { leaf } from "../tensor.js";
import type { Graph } from "./graph.js";

/**
 * Runs a traced graph on values: the simplest executor. Reads everything first, computes, and then
 * writes back; returns the outputs as constants.
 */
export function replay(graph: Graph, inputs: readonly Tensor[]): Tensor[] {
  checkSignature(graph, inputs);
  const values = new Map<Tensor, Value>();
  for (const [i, node] of graph.inputs.entries()) values.set(node, inputs[i]!.value!);
  for (const { node, cell, place } of graph.captures) {
    values.set(node, (place === "grad" ? cell.grad! : cell.leaf).value!);
  }
  const known = (node: Tensor) => node.value ?? values.get(node)!;
  for (const node of graph.body) {
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

/** Refuses what the graph was not traced for: it would compute something else. */
function checkSignature(graph: Graph, inputs: readonly Tensor[]): void {
  const again = { fix: "trace the function again for these arguments and this state" };
  if (inputs.length !== graph.inputs.length) {
    const problem = `${inputs.length} inputs for a graph of ${graph.inputs.length}`;
    throw new TraceError("replay", problem, again);
  }
  for (const [i, { shape, dtype }] of graph.inputs.entries()) {
    const given = inputs[i]!;
    if (sameShape(given.shape, shape) && given.dtype === dtype) continue;
    const [got, expected] = [given, graph.inputs[i]!].map(
      (x) => `${x.dtype} ${showShape(x.shape)}`,
    );
    const shapes = [given.shape, shape];
    throw new TraceError("replay", `input ${i} is ${got}, it was traced as ${expected}`, {
      ...again,
      shapes,
    });
  }
  const changed = graph.guards.find(({ cell, value }) => cell.value !== value);
  if (!changed) return;
  const [before, now] = [changed.value, changed.cell.value];
  const problem = `a static value was ${before} when traced and is ${now} now`;
  throw new TraceError("replay", problem, again);
}
