import { type ConvolutionOptions, type Tensor, ValueError, type Variable } from "@neurite/autograd";
import { fanInUniform, fans, type Init } from "../init.js";
import { Module, type ModuleOptions } from "../module.js";
import { checkCount } from "../options.js";
import { checkInput, type Geometry, perAxis, type Sides } from "./geometry.js";
import { readPadding } from "./padding.js";

/** What every convolution takes; S is a number, or one for each of two axes. */
export interface ConvolutionLayerOptions<S = number> extends ModuleOptions {
  /** How many channels go in. */
  readonly inChannels: number;
  /** How many channels come out: one for each kernel. */
  readonly outChannels: number;
  /** The sides of a kernel. */
  readonly kernelSize: S;
  /** How far apart windows begin; 1 by default. */
  readonly stride?: S;
  /**
   * How many zeros surround the input on each side; "valid", which is 0, by default. With "same"
   * the result has the sides of the input, for stride 1; an odd zero stands behind.
   */
  readonly padding?: S | "same" | "valid";
  /** How far apart the elements of a window lie; 1 by default. */
  readonly dilation?: S;
  /** Into how many parts, each convolved by itself, the channels fall; 1 by default. */
  readonly groups?: number;
  /** Whether each output channel has a bias; true by default. */
  readonly bias?: boolean;
  /** Applied to the weighted sums, as in `(z) => z.relu()`; the identity by default. */
  readonly activation?: (z: Tensor) => Tensor;
  /** How the weights begin; uniform within ±1/√fanIn by default. */
  readonly weightInit?: Init;
  /** How the biases begin; uniform within ±1/√fanIn of the weights by default. */
  readonly biasInit?: Init;
}

/** The names of `ConvolutionLayerOptions`. */
export const convolutionOptions = [
  "inChannels",
  "outChannels",
  "kernelSize",
  "stride",
  "padding",
  "dilation",
  "groups",
  "bias",
  "activation",
  "weightInit",
  "biasInit",
  "key",
  "dtype",
] as const;

/** What tells one convolution from another. */
interface Kind {
  readonly name: string;
  /** How many axes windows move along. */
  readonly axes: number;
  /** Whether an element of the input spreads over a window, in place of the other way around. */
  readonly isTransposed: boolean;
}

/** A kernel for each output channel, the same at every place, and what happens to its sums. */
export abstract class Convolution<S extends Sides> extends Module {
  /** `[outChannels, inChannels / groups, ...kernelSize]`; transposed, the other way around. */
  readonly weight: Variable;
  /** `[outChannels]`. */
  readonly bias: Variable | null;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly groups: number;
  readonly geometry: Geometry;
  readonly #name: string;
  readonly #options: ConvolutionLayerOptions<S>;

  constructor({ name, axes, isTransposed }: Kind, options: ConvolutionLayerOptions<S>) {
    super(options);
    const { inChannels, outChannels, groups = 1, bias = true } = options;
    this.#name = name;
    this.#options = options;
    this.inChannels = inChannels;
    this.outChannels = outChannels;
    this.groups = groups;
    checkChannels(name, inChannels, outChannels, groups);
    const kernelSize = perAxis(name, "kernelSize", options.kernelSize, axes);
    const stride = perAxis(name, "stride", options.stride ?? 1, axes);
    const dilation = perAxis(name, "dilation", options.dilation ?? 1, axes);
    const windows = { kernelSize, stride, dilation };
    const padding = readPadding(name, options.padding ?? 0, windows, { isTransposed });
    this.geometry = { ...windows, padding };

    const [first, second] = isTransposed ? [inChannels, outChannels] : [outChannels, inChannels];
    const shape = [first, second / groups, ...kernelSize];
    this.weight = this.parameter(shape, { init: options.weightInit ?? fanInUniform() });
    this.bias = bias
      ? this.parameter([outChannels], { init: options.biasInit ?? fanInUniform(fans(shape).fanIn) })
      : null;
  }

  forward(x: Tensor): Tensor {
    checkInput(this.#name, x, this.geometry.kernelSize.length, this.inChannels);
    const { stride, dilation, activation } = this.#options;
    const sums = this.weightedSums(x, {
      groups: this.groups,
      ...(this.bias && { bias: this.bias }),
      ...(stride !== undefined && { stride }),
      ...(dilation !== undefined && { dilation }),
    });
    const z = sums.as("weighted sum");
    return activation ? activation(z) : z;
  }

  /** The sums for an input that has been checked, with options for autograd that lack padding. */
  protected abstract weightedSums(x: Tensor, options: ConvolutionOptions<S>): Tensor;
}

/** Refuses counts of channels that are none, or that the groups do not divide. */
function checkChannels(
  name: string,
  inChannels: number,
  outChannels: number,
  groups: number,
): void {
  for (const [option, count] of Object.entries({ inChannels, outChannels, groups })) {
    checkCount(name, option, count);
  }
  for (const [option, count] of Object.entries({ inChannels, outChannels })) {
    if (count % groups === 0) continue;
    throw new ValueError(name, `groups is ${groups}, which does not divide ${option} = ${count}`, {
      fix: `give groups a divisor of both ${inChannels} and ${outChannels}`,
    });
  }
}
