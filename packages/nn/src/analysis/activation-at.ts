import { type Operand, type Tensor, ValueError } from "@neurite/autograd";
import type { Layer } from "../layers/layer.js";
import { probe } from "../probe.js";

/** What a model computed under a name of `probe`; "" is its output. */
export function activationAt(op: string, model: Layer, x: Operand, path: string): Tensor {
  const { activations, output } = probe(model, x);
  const found = path === "" ? (output as Tensor) : activations[path];
  if (found) return found;
  throw new ValueError(op, `the model computed nothing called "${path}"`, {
    fix: `use one of: ${Object.keys(activations).join(", ")}`,
  });
}
