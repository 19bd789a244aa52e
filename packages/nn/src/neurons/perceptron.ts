import {
  asTensor,
  customVjp,
  noGrad,
  type Tensor,
  type TensorLike,
  tensor,
} from "@neurite/autograd";
import { fanInUniform } from "../init.js";
import { checkNumber } from "../options.js";
import { checkOnePerRow, checkRows, checkValues } from "../targets.js";
import { Neuron, type NeuronOptions } from "./neuron.js";

export interface PerceptronOptions extends NeuronOptions {
  /**
   * Lets gradients through the threshold as if it were the identity, so that the neuron can also be
   * trained by backpropagation; without it no gradient passes. False by default.
   * Bengio, Léonard and Courville, "Estimating or propagating gradients through stochastic
   * neurons", 2013.
   */
  readonly straightThrough?: boolean;
}

const fired = (z: Tensor): Tensor => z.gt(0).cast(z.dtype);

const straightThrough = customVjp(fired, [({ g }) => g], {
  name: "threshold",
  samples: [[tensor(Float64Array.of(-1, 1))]],
  surrogate: "straight-through, Bengio 2013",
});

/**
 * The threshold unit: 1 where `w·x + b > 0`, and 0 where it is 0 or less. It learns by a rule of
 * its own, without a gradient. Rosenblatt, "The perceptron", Psychological Review, 1958.
 */
export class Perceptron extends Neuron<PerceptronOptions> {
  /** `[inputs]`. */
  readonly weight = this.parameter([this.inputs]);
  /** A number. */
  readonly bias = this.parameter([], { init: fanInUniform(this.inputs) });

  forward(x: Tensor): Tensor {
    const z = x.dot(this.weight).add(this.bias).as("weighted sum");
    return this.options.straightThrough ? straightThrough(z) : fired(z);
  }

  /**
   * Rosenblatt's rule, `w += rate·(t − y)·x` and `b += rate·(t − y)`, for one sample (`x` is
   * `[inputs]`, `target` a number) or for many, one after the other (`[n, inputs]` and `[n]`).
   * Targets are 0 or 1. Returns how many samples were wrong when their turn came: a pass that
   * returns 0 changed nothing. If a line separates the classes, some pass does (Novikoff, 1962);
   * if none separates them, no pass will.
   */
  learn(x: TensorLike, target: TensorLike, rate = 1): number {
    const samples = asTensor(x, this.weight.dtype);
    const targets = asTensor(target, samples.dtype).cast(samples.dtype);
    checkNumber("Perceptron.learn", "rate", rate, { min: 0 });
    checkRows("Perceptron.learn", samples);
    checkOnePerRow("Perceptron.learn", samples, targets);
    checkValues("Perceptron.learn", targets, "0 or 1", (value) => value === 0 || value === 1);
    const rows = samples.rank === 1 ? samples.unsqueeze(0) : samples;
    const wanted = targets.reshape([-1]);
    return noGrad(() => {
      let mistakes = 0;
      for (let i = 0; i < rows.shape[0]!; i++) {
        if (this.#learnOne(rows.slice(i), wanted.slice(i), rate)) mistakes++;
      }
      return mistakes;
    });
  }

  /** Moves the line if the sample is on its wrong side, and tells whether it was. */
  #learnOne(x: Tensor, target: Tensor, rate: number): boolean {
    const error = target.sub(this.forward(x));
    if (error.item() === 0) return false;
    const step = error.mul(rate);
    this.weight.assign(this.weight.add(x.mul(step)));
    this.bias.assign(this.bias.add(step));
    return true;
  }
}
