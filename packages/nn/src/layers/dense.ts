import { ShapeError, showShape, type Tensor, type Variable } from "@neurite/autograd";
import { fanInUniform, type Init } from "../init.js";
import { Module, type ModuleOptions } from "../module.js";
import { checkOptions } from "../option-names.js";
import { checkCount } from "../options.js";

export interface DenseOptions extends ModuleOptions {
  /** The width of the input: its last axis. */
  readonly inputs: number;
  /** How many neurons: the last axis of the output. */
  readonly units: number;
  /** Applied to the weighted sums, as in `(z) => z.tanh()`; the identity by default. */
  readonly activation?: (z: Tensor) => Tensor;
  /** Whether a bias is added; true by default. */
  readonly bias?: boolean;
  /** How the weights begin; uniform within ±1/√inputs by default. */
  readonly weightInit?: Init;
  /** How the biases begin; uniform within ±1/√inputs by default. */
  readonly biasInit?: Init;
}

/** Neurons that all see the same inputs: `activation(x·Wᵀ + b)`, `[…, inputs] → […, units]`. */
export class Dense extends Module {
  /** `[units, inputs]`: a row is one neuron. */
  readonly weight: Variable;
  /** `[units]`. */
  readonly bias: Variable | null;
  readonly #options: DenseOptions;

  constructor(options: DenseOptions) {
    super(
      checkOptions("Dense", options, [
        "inputs",
        "units",
        "activation",
        "bias",
        "weightInit",
        "biasInit",
        "key",
        "dtype",
      ]),
    );
    const { inputs, units, bias = true } = options;
    checkCount("Dense", "inputs", inputs);
    checkCount("Dense", "units", units);
    this.#options = options;
    this.weight = this.parameter([units, inputs], { init: options.weightInit ?? fanInUniform() });
    this.bias = bias
      ? this.parameter([units], { init: options.biasInit ?? fanInUniform(inputs) })
      : null;
  }

  forward(x: Tensor): Tensor {
    const { inputs, activation } = this.#options;
    if (x.rank === 0 || x.shape.at(-1) !== inputs) {
      const found = showShape(x.shape);
      throw new ShapeError("Dense", `expected shape […, ${inputs}], got ${found}`, {
        shapes: [x.shape, this.weight.shape],
        axis: x.rank - 1,
        fix: `give the layer inputs: ${x.shape.at(-1) ?? 1}, or reshape what goes in`,
      });
    }
    const products = x.contract(this.weight, { axes: [[x.rank - 1], [1]] });
    const z = (this.bias ? products.add(this.bias) : products).as("weighted sum");
    return activation ? activation(z) : z;
  }
}
