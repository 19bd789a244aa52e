import { movement } from "../families/movement.js";
import { type Shape, stridesOf } from "../shape.js";

/** The same elements in the same order under another shape of equal size. */
export const reshape = movement<{ readonly shape: Shape }>({
  name: "reshape",
  formula: { forward: "y = x, reshaped", vjp: ["x̄ = ȳ, reshaped back"] },
  shape: (_, { shape }) => shape,
  view: (x, shape) => x.contiguous().view(shape, stridesOf(shape), 0),
  vjp: [({ g, x: [x] }) => g.reshape(x.shape)],
  batch: ({ x, lanes, attrs: { shape }, apply }) => apply(x, { shape: [lanes, ...shape] }),
});
