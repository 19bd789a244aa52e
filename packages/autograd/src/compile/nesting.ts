import { Operand } from "../methods/operand.js";
import type { Tensor } from "../op.js";
import { leavesOf } from "../tree.js";

/** Arguments as a trace sees them: their tensors, and how they were nested. */
export interface Flat {
  readonly leaves: readonly Tensor[];
  readonly nesting: string;
}

/** Takes the tensors out of arguments. */
export function flatten(inputs: readonly unknown[]): Flat {
  const operands = inputs.every((input): input is Operand => input instanceof Operand)
    ? inputs
    : leavesOf(inputs, "compile");
  const nesting = operands === inputs ? "" : nestingOf(inputs);
  return { leaves: operands.map((operand) => operand.asTensor()), nesting };
}

/** The nesting as text: the same for the same fields in the same order. */
function nestingOf(tree: unknown): string {
  if (tree instanceof Operand) return ".";
  if (tree === null || tree === undefined) return String(tree);
  if (Array.isArray(tree)) return `[${tree.map(nestingOf)}]`;
  const fields = Object.entries(tree);
  return `{${fields.map(([name, child]) => `${JSON.stringify(name)}:${nestingOf(child)}`)}}`;
}
