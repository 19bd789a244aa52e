import { ShapeError, showShape, type Tensor } from "@neurite/autograd";
import { Module } from "../module.js";
import { checkOptions } from "../option-names.js";

export interface FlattenOptions {
  /** The first axis to flatten, negative from the end; 1 by default. */
  readonly startDim?: number;
  /** The last axis to flatten, negative from the end; -1 by default. */
  readonly endDim?: number;
}

/** Makes one axis of several, all behind the examples by default: `[N, C, H, W] → [N, C·H·W]`. */
export class Flatten extends Module {
  readonly startDim: number;
  readonly endDim: number;

  constructor(options: FlattenOptions = {}) {
    super();
    const { startDim = 1, endDim = -1 } = checkOptions("Flatten", options, ["startDim", "endDim"]);
    this.startDim = startDim;
    this.endDim = endDim;
  }

  forward(x: Tensor): Tensor {
    const [start, end] = [this.startDim, this.endDim].map((dim) => (dim < 0 ? x.rank + dim : dim));
    const { shape } = x;
    if (!(start! in shape && end! in shape && start! <= end!)) {
      const dims = `startDim ${this.startDim} and endDim ${this.endDim}`;
      throw new ShapeError("Flatten", `${dims} are no axes in order of ${showShape(shape)}`, {
        shapes: [shape],
        fix: `give axes from ${-x.rank} to ${x.rank - 1}, the first one first`,
      });
    }
    const flat = shape.slice(start, end! + 1).reduce((product, side) => product * side, 1);
    return x.reshape([...shape.slice(0, start), flat, ...shape.slice(end! + 1)]);
  }
}
