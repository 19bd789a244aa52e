import type { Tensor, Variable } from "@neurite/autograd";
import { ShapeError, showShape } from "@neurite/autograd";
import type { Init } from "../init.js";
import { fanInUniform } from "../init.js";
import type { ModuleOptions } from "../module.js";
import { Module } from "../module.js";

export interface DenseOptions extends ModuleOptions {
  /** The width of the input: its last axis. */
  readonly inputs: number;
  /** How many neurons: the last axis of the output. */
  readonly units: number;
  /** Applied to the weighted sums; the identity by default. */
  readonly activation?: (z: Tensor) => Tensor;
  readonly bias?: boolean;
  readonly weightInit?: Init;
  readonly biasInit?: Init;
}

/** A layer of neurons that all see the same inputs: `activation(x·Wᵀ + b)`, `[…, inputs] → […, units]`. */
export class Dense extends Module {
  /** `[units, inputs]`: a row is one neuron. */
  readonly weight: Variable;
  /** `[units]`. */
  readonly bias: Variable | null;
  readonly #options: DenseOptions;

  constructor(options: DenseOptions) {
    super(options);
    const { inputs, units, bias = true } = options;
    this.#options = options;
    this.weight = this.parameter([units, inputs], { init: options.weightInit ?? fanInUniform() });
    this.bias = bias
      ? this.parameter([units], { init: options.biasInit ?? fanInUniform(inputs) })
      : null;
  }

  forward(x: Tensor): Tensor {
    const { inputs, activation } = this.#options;
    if (x.rank === 0 || x.shape.at(-1) !== inputs) {
      const problem = `expected ${inputs} inputs along the last axis, got shape ${showShape(x.shape)}`;
      throw new ShapeError("Dense", problem, {
        shapes: [x.shape, this.weight.shape],
        axis: x.rank - 1,
        fix: `give the layer inputs: ${x.shape.at(-1) ?? 1}, or reshape what goes in`,
      });
    }
    const z = x.contract(this.weight, { axes: [[x.rank - 1], [1]] });
    const shifted = this.bias ? z.add(this.bias) : z;
    return activation ? activation(shifted) : shifted;
  }
}
