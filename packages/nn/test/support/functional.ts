import {
  type CheckReport,
  checkGradients,
  type Operand,
  type Tensor,
  type Variable,
} from "@neurite/autograd";
import type { Module } from "../../src/index.js";

/** Runs `body` with tensors in the fields of a module that hold its parameters. */
function withParameters<T>(module: Module, values: readonly Tensor[], body: () => T): T {
  const parameters = module.parameters();
  const undo: (() => void)[] = [];
  for (const [, owner] of [...module.namedModules()]) {
    for (const [name, field] of Object.entries(owner)) {
      const at = parameters.indexOf(field as Variable);
      if (at < 0) continue;
      Object.assign(owner, { [name]: values[at] });
      undo.push(() => Object.assign(owner, { [name]: field }));
    }
  }
  try {
    return body();
  } finally {
    for (const restore of undo) restore();
  }
}

/** Checks the derivatives of `f` by its inputs and by all parameters of a float64 module. */
export function checkModule(
  module: Module,
  f: (...inputs: Tensor[]) => Operand,
  inputs: readonly Operand[],
  order = 2,
): CheckReport {
  const parameters = module.parameters().map((parameter) => parameter.asTensor());
  return checkGradients(
    (...all) =>
      withParameters(module, all.slice(inputs.length), () => f(...all.slice(0, inputs.length))),
    [...inputs, ...parameters],
    { order },
  );
}
