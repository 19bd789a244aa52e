import { checkFunction } from "../arguments.js";
import { cotangentsAt } from "../differentiate/grad.js";
import type { Op, Tensor } from "../op.js";
import { withRecording } from "../recording.js";
import { recordTuple } from "../tensor.js";
import { type Piece, readCapture, writeBack } from "../trace/graph.js";
import { recordAgain, run } from "../trace/interpret.js";
import { traceOn } from "../trace/trace.js";
import { leavesOf, mapTree, type Tree, type TreeOf, withLeaves } from "../tree.js";
import { closed, pieceOfLanes, resultsOfLanes } from "./batch.js";
import { call } from "./call.js";

interface CheckpointAttrs {
  readonly piece: Piece;
}

/** A piece of a graph as one node: what happens inside is computed again when it is needed. */
export const checkpointed: Op<CheckpointAttrs> = call<CheckpointAttrs>({
  name: "checkpoint",
  formula: { forward: "y = f(x)", vjp: ["x̄ = ȳ·∂f/∂x, with f(x) computed again"] },
  outputs: (_, { piece }) => piece.outputs,
  run: (x, { piece }) => run(piece, x),
  vjp: ({ g, x, attrs: { piece }, needed }) => {
    const reached = piece.outputs.map((_, i) => i).filter((i) => g[i]);
    const [own, outputs] = withRecording(true, () => {
      // The border nodes end the graph that is differentiated where this call begins.
      const own = x.map((input) => input.alias());
      return [own, piece.outputs.map(recordAgain(piece, own))];
    });
    const wanted = own.map((_, i) => i).filter((i) => needed[i]);
    const cotangents = cotangentsAt(
      reached.map((i) => outputs[i]!),
      reached.map((i) => g[i]!),
      wanted.map((i) => own[i]!),
    );
    return own.map((_, i) => cotangents[wanted.indexOf(i)]);
  },
  batch: ({ bare, batched, lanes, attrs: { piece } }) => {
    const all = pieceOfLanes(piece, batched, lanes);
    const operands = [...bare, ...all.piece.inputs.slice(bare.length)];
    return resultsOfLanes(recordTuple(checkpointed, operands, { piece: all.piece }), all);
  },
});

/**
 * Turns `f` into a function that keeps nothing but its arguments and results: a backward pass
 * computes what lies between again. It trades time for memory. Values and gradients are the same to
 * the bit; only where a tensor is used three times and more, inside and outside, is its gradient
 * added up in another order.
 */
export function checkpoint<A extends readonly Tree[], R extends Tree>(
  f: (...inputs: A) => R,
): (...inputs: A) => TreeOf<R, Tensor> {
  checkFunction("checkpoint", f);
  return (...inputs) => {
    const own = mapTree(inputs as unknown, (leaf) => leaf.placeholderLike(), "checkpoint");
    const { graph, result } = traceOn("checkpoint", f, own as unknown[]);
    const written = graph.writes.flatMap(({ node }) => node ?? []);
    const given = [...graph.inputs, ...graph.captures.map(({ node }) => node)];
    const piece = closed(given, [...graph.outputs, ...written]);
    const operands = [
      ...leavesOf(inputs).map((input) => input.asTensor()),
      ...graph.captures.map(readCapture),
      ...piece.inputs.slice(given.length),
    ];
    const results = recordTuple(checkpointed, operands, { piece }).results();
    writeBack(graph.writes, results.slice(graph.outputs.length));
    return withLeaves(result, results) as TreeOf<R, Tensor>;
  };
}
