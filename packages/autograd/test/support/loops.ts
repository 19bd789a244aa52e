import { grad, type ScanOptions, scan, type Tensor } from "../../src/index.js";
import { float64 } from "./values.js";

export const xs = float64([
  [1, 2],
  [3, -4],
  [0.5, 0.6],
]);
export const w = float64([
  [0.1, 0.2],
  [0.3, -0.4],
]);
export const h0 = float64([0.1, -0.2]);

/** A step of an Elman network that also tells what it saw. */
export const cell =
  (w: Tensor) =>
  (h: Tensor, x: Tensor): readonly [Tensor, Tensor] => {
    const next = x.mul(0.5).add(h.matmul(w)).tanh();
    return [next, next.mul(x)];
  };

/** A loss of weights, a first state and a sequence. */
export type Loss = (w: Tensor, h0: Tensor, xs: Tensor) => Tensor;

/** A loss of the last state and of what each step tells. */
export const loopOf =
  (options: ScanOptions): Loss =>
  (w, h0, xs) => {
    const [h, all] = scan(cell(w), h0, xs, options);
    return h.sum().add(all.pow(3).sum());
  };

/** The gradients of a loss by all it depends on. */
export const gradients =
  (f: Loss) =>
  (...x: Parameters<Loss>): Tensor[] =>
    [0, 1, 2].map((argument) => grad(f, { argument: argument as 0 })(...x));

export const close = { rtol: 1e-12, atol: 1e-13 };
