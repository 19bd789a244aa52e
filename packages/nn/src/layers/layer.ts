import { scope, type Tensor } from "@neurite/autograd";
import { Module } from "../module.js";

/** A module from one tensor to one tensor. */
export type Layer = Module & { forward(x: Tensor): Tensor };

/** A layer, or a plain function: `(x) => x.tanh()`. */
export type LayerLike = Layer | ((x: Tensor) => Tensor);

/** Runs a layer, or a function in a scope of the given name. */
export const applyLayer = (layer: LayerLike, x: Tensor, name: string): Tensor =>
  layer instanceof Module ? layer.apply(x) : scope(name, () => layer(x), layer.name);
