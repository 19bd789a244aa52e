import { ShapeError, sameShape, showShape, type Tensor } from "@neurite/autograd";
import { Module } from "../module.js";
import { applyLayer, type LayerLike } from "./layer.js";

/**
 * `x + inner(x)`: the inner layer learns what to change about x, and gradients have a way around
 * it. The inner layer must keep the shape. He, Zhang, Ren and Sun, "Deep residual learning", 2016.
 */
export class Residual extends Module {
  constructor(readonly inner: LayerLike) {
    super();
  }

  forward(x: Tensor): Tensor {
    const change = applyLayer(this.inner, x, "inner");
    if (!sameShape(x.shape, change.shape)) {
      const [from, to] = [showShape(x.shape), showShape(change.shape)];
      throw new ShapeError("Residual", `the inner layer turned shape ${from} into ${to}`, {
        shapes: [x.shape, change.shape],
        fix: `let the inner layer end with shape ${from}`,
      });
    }
    return x.add(change);
  }
}
