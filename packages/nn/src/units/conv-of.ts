import { ShapeError, showShape, type Tensor, ValueError } from "@neurite/autograd";
import { checkCount, checkNumber } from "../options.js";
import { NeuronLayer } from "./layer-of.js";
import type { NeuronClass, OptionsOf, Stacked } from "./neuron-class.js";
import type { UnitsOptions } from "./units.js";

export interface ConvOfOptions extends UnitsOptions {
  /** How many channels the input has. */
  readonly channels: number;
  /** What a neuron sees of each channel: `[length]`, or `[height, width]`. */
  readonly kernel: readonly [length: number] | readonly [height: number, width: number];
  /** How far apart the windows begin; 1 by default. */
  readonly stride?: number;
  /** How many zeros surround the input on each side; 0 by default. */
  readonly padding?: number;
  /** How far apart the elements of a window lie; 1 by default. */
  readonly dilation?: number;
}

/** A convolution by neurons: `[N, channels, L] → [N, units, L']`, or with height and width. */
export class NeuronConvolution<C extends NeuronClass = NeuronClass> extends NeuronLayer<C> {
  readonly #options: Required<Pick<ConvOfOptions, "stride" | "padding" | "dilation">>;
  readonly #channels: number;
  readonly #kernel: readonly number[];

  constructor(neuron: C, options: ConvOfOptions) {
    const { channels, kernel, stride = 1, padding = 0, dilation = 1, ...ofUnits } = options;
    checkCount("convOf", "channels", channels);
    checkCount("convOf", "stride", stride);
    checkCount("convOf", "dilation", dilation);
    checkNumber("convOf", "padding", padding, { min: 0 });
    if (!Array.isArray(kernel)) {
      throw new ValueError("convOf", `kernel is ${kernel}, not a list of sides`, {
        fix: "give one side for each axis, as in kernel: [3]",
      });
    }
    for (const [axis, side] of kernel.entries()) checkCount("convOf", `kernel[${axis}]`, side);
    const inputs = kernel.reduce((product, side) => product * side, channels);
    super(neuron, { ...ofUnits, inputs } as UnitsOptions, "convOf");
    this.#options = { stride, padding, dilation };
    this.#channels = channels;
    this.#kernel = kernel;
  }

  override forward(x: Tensor): Tensor {
    const patches = this.#patchesOf(x);
    const y = super.forward(patches);
    // [N, ...places, units] to [N, units, ...places].
    return y.transpose([0, y.rank - 1, ...this.#kernel.map((_, i) => 1 + i)]);
  }

  /** The windows as `[N, ...places, channels · area]`: channels first, as weights are laid out. */
  #patchesOf(x: Tensor): Tensor {
    const axes = this.#kernel.length;
    this.#check(x, axes);
    const { stride: step, padding, dilation } = this.#options;
    const padded = padding === 0 ? x : x.pad([...NONE, ...this.#kernel.map(() => pair(padding))]);
    const windows = this.#kernel.reduce(
      (view, side, i) => view.unfold(2 + i, side, { step, dilation }),
      padded,
    );
    const places = this.#kernel.map((_, i) => 2 + i);
    const within = this.#kernel.map((_, i) => 2 + axes + i);
    const patches = windows.transpose([0, ...places, 1, ...within]);
    return patches.reshape([...patches.shape.slice(0, 1 + axes), this.inputs]);
  }

  #check(x: Tensor, axes: number): void {
    const { padding, dilation } = this.#options;
    const names = axes === 1 ? "L" : "H, W";
    if (x.rank !== axes + 2 || x.shape[1] !== this.#channels) {
      const expected = `[N, ${this.#channels}, ${names}]`;
      throw new ShapeError("convOf", `expected ${expected}, got ${showShape(x.shape)}`, {
        shapes: [x.shape],
        axis: 1,
        fix: `reshape the input to ${expected}: samples first, then channels`,
      });
    }
    const spans = this.#kernel.map((side) => dilation * (side - 1) + 1);
    const sides = x.shape.slice(2).map((side) => side + 2 * padding);
    const axis = spans.findIndex((span, i) => span > sides[i]!);
    if (axis < 0) return;
    const clash = `the kernel spans ${showShape(spans)}, the padded input is ${showShape(sides)}`;
    throw new ShapeError("convOf", clash, {
      shapes: [x.shape],
      axis: 2 + axis,
      fix: "use a smaller kernel or dilation, or more padding",
    });
  }
}

const pair = (width: number): [number, number] => [width, width];

const NONE = [pair(0), pair(0)];

/**
 * Makes a convolution of a neuron: every unit sees every window of all channels, laid out in a row,
 * `[channels · kernel]`. The options are those of `Conv1d` or `Conv2d`, by the length of `kernel`:
 * with `LinearNeuron` it is the convolution of those layers.
 */
export const convOf = <C extends NeuronClass>(
  neuron: C,
  options: Omit<OptionsOf<C>, "inputs"> & ConvOfOptions,
): NeuronConvolution<C> & Stacked<InstanceType<C>> =>
  new NeuronConvolution(neuron, options) as NeuronConvolution<C> & Stacked<InstanceType<C>>;
