import { movement } from "../families/movement.js";

/** Axis i of the result is axis order[i] of the input. */
export const transpose = movement<{ readonly order: readonly number[] }>({
  name: "transpose",
  formula: { forward: "y = xᵀ", vjp: ["x̄ = ȳᵀ"] },
  shape: ([x], { order }) => order.map((axis) => x!.shape[axis]!),
  view: (x, shape, { order }) =>
    x.view(
      shape,
      order.map((axis) => x.strides[axis]!),
    ),
  vjp: [({ g, attrs: { order } }) => g.transpose(order.map((_, axis) => order.indexOf(axis)))],
  batch: ({ x, attrs: { order }, apply }) =>
    apply(x, { order: [0, ...order.map((axis) => axis + 1)] }),
});
