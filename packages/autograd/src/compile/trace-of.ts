import { TraceError } from "../errors.js";
import { Operand } from "../methods/operand.js";
import type { Tensor } from "../op.js";
import { withRecording } from "../recording.js";
import { sameShape, showShape } from "../shape.js";
import type { Graph } from "../trace/graph.js";
import { type Traced, traceOn } from "../trace/trace.js";
import { mapTree, type Tree, withLeaves } from "../tree.js";
import { Differentiable } from "./differentiable.js";
import type { Flat } from "./nesting.js";

/** A function as it was recorded for arguments of one signature, made ready to run by an engine. */
export class TraceOf<Loaded> {
  readonly graph: Graph;
  readonly loaded: Loaded;
  /** How often it was asked for. */
  calls = 0;
  /** The arguments of the last call. */
  inputs: readonly Tensor[] = [];
  /** How long the function took to record. */
  readonly milliseconds: number;
  readonly #nesting: string;
  readonly #result: unknown;
  readonly #differentiable: Differentiable;

  constructor(f: unknown, inputs: readonly unknown[], load: (graph: Graph) => Loaded, key: Flat) {
    const start = performance.now();
    const { graph, result } = traceAgain(f, inputs);
    this.milliseconds = performance.now() - start;
    this.graph = graph;
    this.#nesting = key.nesting;
    this.#result = result;
    this.#differentiable = new Differentiable(graph);
    this.loaded = load(graph);
  }

  /** Whether it was recorded for such arguments, in such a state. */
  fits({ leaves, nesting }: Flat): boolean {
    const { inputs, guards } = this.graph;
    return (
      nesting === this.#nesting &&
      inputs.length === leaves.length &&
      inputs.every(({ spec }, i) => {
        const { shape, dtype } = leaves[i]!.spec;
        return spec.dtype === dtype && sameShape(spec.shape, shape);
      }) &&
      guards.every(({ cell, value }) => cell.value === value)
    );
  }

  /** Runs it, so that eager gradients know of it; the results are nested as the function did. */
  run(inputs: readonly Tensor[], run: () => readonly Tensor[]): unknown {
    return this.nested(this.#differentiable.run(inputs, run));
  }

  nested(outputs: readonly Tensor[]): unknown {
    return this.#result instanceof Operand ? outputs[0] : withLeaves(this.#result, outputs);
  }
}

/** Records a function for such arguments. */
export function traceAgain(f: unknown, inputs: readonly unknown[]): Traced<unknown> {
  const own = mapTree(inputs as Tree, (leaf) => leaf.placeholderLike(), "compile");
  // What was recorded under noGrad would pass no gradient in any later call.
  const traced = withRecording(true, () => traceOn("compile", f, own as unknown as unknown[]));
  const stranger = traced.graph.free.find(({ value }) => value === undefined);
  if (stranger) throw escaped(stranger);
  return traced;
}

function escaped({ op, dtype, shape }: Tensor): TraceError {
  const what = `${op.name} ${dtype} ${showShape(shape)}`;
  const problem = `the function uses a tensor that another trace left behind, ${what}`;
  return new TraceError("compile", problem, {
    shapes: [shape],
    fix: "return tensors from the function that records them, and pass them as arguments",
  });
}
