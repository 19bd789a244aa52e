import { checkFunction } from "../arguments.js";
import type { Tensor } from "../op.js";
import { constant } from "../ops/leaf.js";
import { sameShape } from "../shape.js";
import { leaf } from "../tensor.js";
import { effects } from "../trace/effects.js";
import { traceOn } from "../trace/trace.js";
import { leavesOf, mapTree, type Tree, type TreeOf, withLeaves } from "../tree.js";
import { Executable } from "./executable.js";

/** A function that runs as one WebAssembly module. */
export interface Compiled<A extends readonly Tree[], R extends Tree | void> {
  (...inputs: A): R extends Tree ? TreeOf<R, Tensor> : void;
  /** How often the function was traced: once for each signature of its arguments. */
  readonly traces: number;
}

interface Trace {
  readonly inputs: readonly Tensor[];
  readonly executable: Executable;
  readonly result: unknown;
}

/**
 * Compiles a function of tensors: it is traced once for each signature (the shapes and dtypes of
 * its arguments, and static values it reads) and runs as one WebAssembly module from then on.
 * Variables are read and assigned where they are; results are the same as without, to the bit.
 */
export function compile<A extends readonly Tree[], R extends Tree | void>(
  f: (...inputs: A) => R,
): Compiled<A, R> {
  checkFunction("compile", f);
  const traces: Trace[] = [];
  const call = (...inputs: A): unknown => {
    const leaves = leavesOf(inputs, "compile").map((input) => input.asTensor());
    if (effects() || leaves.some(({ value }) => value === undefined)) return f(...inputs);
    let own = traces.find((trace) => fits(trace, leaves));
    if (!own) {
      own = traced(f, inputs);
      traces.push(own);
    }
    const values = own.executable.run(leaves);
    const { outputs } = own.executable.graph;
    return withLeaves(
      own.result as Tree,
      outputs.map(({ spec }, i) => leaf(constant, spec, values[i])),
    );
  };
  Object.defineProperty(call, "traces", { get: () => traces.length });
  return call as Compiled<A, R>;
}

function traced(f: unknown, inputs: readonly Tree[]): Trace {
  const own = mapTree(inputs as unknown, (leaf) => leaf.placeholderLike(), "compile");
  const { graph, result } = traceOn("compile", f, own as unknown[]);
  return { inputs: graph.inputs, executable: new Executable(graph), result };
}

/** Whether a trace was made for such arguments, in such a state. */
const fits = ({ inputs, executable }: Trace, given: readonly Tensor[]): boolean =>
  inputs.length === given.length &&
  inputs.every(
    ({ shape, dtype }, i) => sameShape(given[i]!.shape, shape) && given[i]!.dtype === dtype,
  ) &&
  executable.graph.guards.every(({ cell, value }) => cell.value === value);
