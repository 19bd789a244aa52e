import { asArray } from "../execute.js";
import { type Nested, toNested } from "../ndarray.js";
import type { Spec, Tensor } from "../op.js";
import { showShape } from "../shape.js";

/** A number with four significant digits, as every printout and diagram shows it. */
export function showNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "Inf" : "-Inf";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(1);
  return String(Number(value.toPrecision(4)));
}

/** A node in one line: label, operation, dtype, shape and, if it is small, the value. */
export function describe(node: Tensor): string {
  const label = node.label === undefined ? "" : ` ${JSON.stringify(node.label)}`;
  return `${node.op.name}${label} ${showResult(node)}`;
}

/** Dtype, shape and value of what a node holds; of several results, dtypes and shapes. */
export function showResult(node: Tensor): string {
  const { op, inputs, attrs } = node;
  const show = ({ dtype, shape }: Spec) => `${dtype} ${showShape(shape)}`;
  if (op.tuple) return `(${op.tuple.outputs(inputs, attrs).map(show).join(", ")})`;
  return show(node) + showValue(node);
}

/** The value after an equals sign: whole up to eight elements, nothing above. */
function showValue(node: Tensor): string {
  if (node.value === undefined || node.size > 8) return "";
  return ` = ${showNested(toNested(asArray(node.value, node)))}`;
}

const showNested = (value: Nested): string => {
  if (typeof value === "number") return showNumber(value);
  return typeof value === "boolean" ? String(value) : `[${value.map(showNested).join(", ")}]`;
};
