import { execute } from "../execute.js";
import { functionOf } from "../marks.js";
import { named } from "../naming.js";
import type { Value } from "../ndarray.js";
import type { ProjectAttrs } from "../ops/project.js";
import { noGrad } from "../recording.js";
import { withinScope } from "../scope.js";
import { record, recordTuple, Tensor } from "../tensor.js";
import { watcher } from "../watch.js";
import type { Piece } from "./graph.js";

/** What a node becomes, given what its inputs became. */
type Step<T> = (node: Tensor, inputs: readonly T[]) => T;

/**
 * Walks a piece of a graph and gives every node a meaning: values when it runs, nodes when it is
 * recorded again, lanes when it is batched. Returns what each node became.
 */
export function interpret<T>(
  { inputs, body }: Pick<Piece, "inputs" | "body">,
  given: readonly T[],
  free: (node: Tensor) => T,
  step: Step<T>,
): (node: Tensor) => T {
  const known = new Map<Tensor, T>();
  for (const [i, node] of inputs.entries()) known.set(node, given[i]!);
  const meaning = (node: Tensor): T => {
    const found = known.get(node);
    return found === undefined ? free(node) : found;
  };
  for (const node of body) known.set(node, step(node, node.inputs.map(meaning)));
  return meaning;
}

/** Runs a piece on values. */
export function run(piece: Piece, given: readonly Value[]): Value[] {
  const meaning = interpret<Value>(
    piece,
    given,
    (node) => node.value!,
    (node, values) => {
      const { op, inputs, attrs, spec, scope } = node;
      const compute = () => named(functionOf(node), execute, op, inputs, values, attrs, spec);
      const value = withinScope(scope, compute);
      watcher()?.ran(node, values, value);
      return value;
    },
  );
  return piece.outputs.map(meaning);
}

/** Records a piece again on other inputs, each node in its own scope; returns what each became. */
export function recordAgain(
  piece: Pick<Piece, "inputs" | "body">,
  given: readonly Tensor[],
): (node: Tensor) => Tensor {
  return interpret<Tensor>(
    piece,
    given,
    (node) => node,
    (node, inputs) => {
      const { op, attrs } = node;
      if (op.pick) return inputs[0]!.results()[(attrs as ProjectAttrs).index]!;
      return again(node, () => (op.tuple ? recordTuple : record)(op, inputs, attrs));
    },
  );
}

/** Makes the successor of a node in the same scope, with its marks, and detached if it was. */
export function again<T>(node: Tensor, make: () => T): T {
  const watching = watcher();
  const marked = () => (node.isDetached ? noGrad(make) : make());
  const body = watching ? () => watching.remaking(node, marked) : marked;
  const made = withinScope(node.scope, () => named(functionOf(node), body));
  if (made instanceof Tensor && node.label !== undefined) made.as(node.label);
  return made;
}
