import { TraceError } from "../errors.js";
import type { Tensor } from "../op.js";
import { constant } from "../ops/leaf.js";
import { sameShape, showShape } from "../shape.js";
import { leaf } from "../tensor.js";
import { type Graph, readCapture, writeBack } from "./graph.js";
import { run } from "./interpret.js";

/**
 * Runs a traced graph on values: the simplest executor. Reads everything first, computes, and then
 * writes back; returns the outputs as constants.
 */
export function replay(graph: Graph, inputs: readonly Tensor[]): Tensor[] {
  checkSignature(graph, inputs);
  const written = graph.writes.flatMap(({ node }) => node ?? []);
  const nodes = [...graph.outputs, ...written];
  const values = run(
    {
      ...graph,
      inputs: [...graph.inputs, ...graph.captures.map(({ node }) => node)],
      outputs: nodes,
    },
    [...inputs, ...graph.captures.map(readCapture)].map(({ value }) => value!),
  );
  const results = nodes.map((node, i) => leaf(constant, node.spec, values[i]));
  writeBack(graph.writes, results.slice(graph.outputs.length));
  return results.slice(0, graph.outputs.length);
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
