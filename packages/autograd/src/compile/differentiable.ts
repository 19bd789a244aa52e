import { isFloat } from "../dtype.js";
import { GradientError } from "../errors.js";
import { own, setResults } from "../marks.js";
import type { Value } from "../ndarray.js";
import { type Op, primitive } from "../op.js";
import { placeholder } from "../ops/leaf.js";
import { project } from "../ops/project.js";
import { isRecording } from "../recording.js";
import { currentScope } from "../scope.js";
import { SCALARS } from "../spec.js";
import { leaf, record, Tensor } from "../tensor.js";
import { type Graph, type Piece, readCapture } from "../trace/graph.js";
import { closed } from "../transform/batch.js";
import { checkpointed } from "../transform/checkpoint.js";

/**
 * What an eager gradient finds where a compiled function was called. A function that only reads is
 * one node, whose derivative computes the inside again. One that assigns what a gradient may be
 * asked for, as a training step does, keeps nothing of the past, and says so.
 */
export class Differentiable {
  /** Stand-ins for the variables that are read, as far as a gradient may be asked for by them. */
  readonly #read: readonly Tensor[];
  readonly #writes: boolean;
  #piece: Piece | null = null;

  constructor(readonly graph: Graph) {
    const { captures, writes } = graph;
    const read = captures.filter(({ cell, place }) => place === "value" && isFloat(cell.dtype));
    this.#read = read.map(({ cell }) => own(leaf(placeholder, cell, undefined), cell));
    this.#writes = writes.some(({ cell, place }) => place === "grad" || isFloat(cell.dtype));
  }

  /** Runs the function, and records the call where a gradient may come back to it. */
  run(inputs: readonly Tensor[], run: () => readonly Tensor[]): readonly Tensor[] {
    if (!isRecording() || (this.#read.length === 0 && inputs.every(isGiven))) return run();
    if (this.#writes) return run().map((output) => this.#cutOff(output));
    const piece = this.#call();
    const captures = this.graph.captures.map(readCapture);
    const free = piece.inputs.slice(inputs.length + captures.length);
    return recordCall(
      [...inputs, ...captures, ...free],
      piece,
      run().map(({ value }) => value!),
    );
  }

  #call(): Piece {
    const { inputs, captures, outputs } = this.graph;
    this.#piece ??= closed([...inputs, ...captures.map(({ node }) => node)], outputs);
    return this.#piece;
  }

  #cutOff({ spec, value }: Tensor): Tensor {
    const cut = isFloat(spec.dtype) ? this.#read : [];
    return new Tensor(result, undefined, undefined, cut, undefined, spec, currentScope(), value);
  }
}

/** A number that was given: no gradient is asked for by it. */
const isGiven = ({ op, variable }: Tensor): boolean => op.family === "leaf" && !variable;

/** Records a call whose results are known. */
function recordCall(inputs: readonly Tensor[], piece: Piece, values: readonly Value[]): Tensor[] {
  const node = new Tensor(
    checkpointed as Op,
    undefined,
    undefined,
    inputs,
    { piece },
    SCALARS.float32,
    currentScope(),
    values,
  );
  const results = piece.outputs.map(({ spec }, index) => record(project, [node], { index, spec }));
  setResults(node, results);
  return results;
}

/** What a step returned that has changed the variables since. */
const result = primitive<readonly Tensor[]>({
  name: "compiled",
  family: "call",
  formula: { forward: "y = what a compiled step returned", vjp: [] },
  shape: ([x]) => x!.shape,
  dtype: ([x]) => x!.dtype,
  forward: () => {},
  vjp: ({ x }) => {
    const names = x.flatMap(({ label }) => label ?? []).join(", ") || "its variables";
    throw new GradientError(
      "compile",
      `a gradient by ${names} is asked for through the result of a compiled step that assigns`,
      {
        shapes: x.map(({ shape }) => shape),
        fix:
          "call backward() inside the compiled function, compile the outer function instead, or " +
          "take the result as a constant with stopGradient()",
      },
    );
  },
  batch: ({ bare: [x] }) => x!,
});
