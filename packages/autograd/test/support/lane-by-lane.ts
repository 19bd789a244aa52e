import { stack, type Tensor } from "../../src/index.js";
import { float64 } from "./values.js";

export const xs = float64([
  [1, -2, 3],
  [0.5, 4, -1],
]);
export const ys = float64([
  [2, 0, 1],
  [-1, 1, 2],
]);
export const w = float64([0.3, -0.2, 0.7]);

/** What vmap stands for: one call after the other, stacked. */
export const looped =
  (f: (...x: Tensor[]) => Tensor) =>
  (...lists: Tensor[]): Tensor =>
    stack(
      Array.from({ length: lists[0]!.shape[0]! }, (_, i) => f(...lists.map((x) => x.slice(i)))),
    );
