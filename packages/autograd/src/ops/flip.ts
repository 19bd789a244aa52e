import { movement } from "../families/movement.js";

/** The elements in reverse order along the given axes. */
export const flip = movement<{ readonly axes: readonly number[] }>({
  name: "flip",
  formula: { forward: "y = x, reversed", vjp: ["x̄ = ȳ, reversed"] },
  shape: ([x]) => x!.shape,
  view: (x, shape, { axes }) => {
    const strides = x.strides.map((stride, axis) => (axes.includes(axis) ? -stride : stride));
    const last = axes.reduce((at, axis) => at + (shape[axis]! - 1) * x.strides[axis]!, x.offset);
    return x.view(shape, strides, x.size === 0 ? x.offset : last);
  },
  vjp: [({ g, attrs: { axes } }) => g.flip(axes)],
  batch: ({ x, attrs: { axes }, apply }) => apply(x, { axes: axes.map((axis) => axis + 1) }),
});
