import { showShape, type Tensor, ValueError } from "@neurite/autograd";
import { Module } from "../module.js";
import { checkFits, checkInput, type Geometry, perAxis, type Sides, spansOf } from "./geometry.js";

/** How the windows of a pool lie; S is a number, or one for each of two axes. */
export interface PoolOptions<S = number> {
  /** The sides of a window. */
  readonly kernelSize: S;
  /** How far apart windows begin; kernelSize by default. */
  readonly stride?: S;
  /** How much surrounds the input on each side, at most half of a window; 0 by default. */
  readonly padding?: S;
}

/** The names of `PoolOptions`. */
export const poolOptions = ["kernelSize", "stride", "padding"] as const;

/** Each window of each channel becomes one number. */
export abstract class Pooling<S extends Sides> extends Module {
  readonly geometry: Geometry;
  readonly #name: string;

  constructor(name: string, axes: number, options: PoolOptions<S> & { readonly dilation?: S }) {
    super();
    const { kernelSize, stride = kernelSize, padding = 0, dilation = 1 } = options;
    const widths = perAxis(name, "padding", padding, axes, 0);
    this.#name = name;
    this.geometry = {
      kernelSize: perAxis(name, "kernelSize", kernelSize, axes),
      stride: perAxis(name, "stride", stride, axes),
      padding: widths.map((width) => [width, width]),
      dilation: perAxis(name, "dilation", dilation, axes),
    };
    const spans = spansOf(this.geometry);
    if (widths.every((width, i) => width <= spans[i]! / 2)) return;
    const problem = `padding is ${showShape(widths)} for windows that span ${showShape(spans)}`;
    throw new ValueError(name, problem, { fix: "give padding at most half of a window" });
  }

  forward(x: Tensor): Tensor {
    checkInput(this.#name, x, this.geometry.kernelSize.length);
    checkFits(this.#name, x, this.geometry);
    return this.pool(x);
  }

  /** The pool of an input that has been checked. */
  protected abstract pool(x: Tensor): Tensor;
}
