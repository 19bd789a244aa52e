import { type CheckReport, checkGradients, type Operand, type Tensor } from "@neurite/autograd";
import { withValues } from "../../src/functional-call.js";
import type { Module } from "../../src/index.js";

/** Checks the derivatives of `f` by its inputs and by all parameters of a float64 module. */
export function checkModule(
  module: Module,
  f: (...inputs: Tensor[]) => Operand,
  inputs: readonly Operand[],
  order = 2,
): CheckReport {
  const parameters = module.parameters();
  return checkGradients(
    (...all) => {
      const own = all.slice(inputs.length);
      const values = new Map(parameters.map((parameter, i) => [parameter, own[i]!]));
      return withValues(module, values, () => f(...all.slice(0, inputs.length)));
    },
    [...inputs, ...parameters.map((parameter) => parameter.asTensor())],
    { order },
  );
}
