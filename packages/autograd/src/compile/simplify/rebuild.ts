import { execute } from "../../execute.js";
import { functionOf, markFunction } from "../../marks.js";
import { named } from "../../naming.js";
import { Tensor } from "../../tensor.js";

const NONE: readonly Tensor[] = [];

/** The same node over other inputs of the same shapes and dtypes; if those are known, so is it. */
export function withInputs(node: Tensor, inputs: readonly Tensor[]): Tensor {
  if (inputs.every((input, i) => input === node.inputs[i])) return node;
  const few = inputs.length <= 2;
  const [a, b] = few ? inputs : NONE;
  const rest = few ? NONE : inputs;
  const { op, attrs, spec, scope } = node;
  const values = inputs.map(({ value }) => value).filter((value) => value !== undefined);
  const isKnown = values.length === inputs.length;
  const value = isKnown ? execute(op, inputs, values, attrs, spec) : undefined;
  const own = new Tensor(op, a, b, rest, attrs, spec, scope, value);
  named(functionOf(node), markFunction, own);
  return own;
}
