import type { Tensor } from "@neurite/autograd";
import { Module } from "../module.js";
import { applyLayer, type LayerLike } from "./layer.js";

/**
 * Layers one after the other, each fed with what the one before made. Plain functions may stand
 * between them. The layers are called "0", "1", …, functions counted, as in PyTorch.
 */
export class Sequential extends Module {
  readonly layers: readonly LayerLike[];

  constructor(...layers: readonly LayerLike[]) {
    super();
    this.layers = layers;
  }

  forward(x: Tensor): Tensor {
    return this.layers.reduce((value, layer, i) => applyLayer(layer, value, `${i}`), x);
  }

  override *children(): Iterable<[name: string, child: Module]> {
    for (const [i, layer] of this.layers.entries()) {
      if (layer instanceof Module) yield [`${i}`, layer];
    }
  }
}
