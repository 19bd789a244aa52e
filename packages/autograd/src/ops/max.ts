import { ShapeError } from "../errors.js";
import { showShape } from "../shape.js";
import { reduction } from "./family.js";

/** The largest element over the given axes; NaN if one is. Ties share the gradient evenly. */
export const max = reduction({
  name: "max",
  formula: { forward: "y = max x", vjp: ["x̄ = ȳ / (number of ties) where x = y, else 0"] },
  check: ({ shape }, { axes }) => {
    const empty = axes.find((axis) => shape[axis] === 0);
    if (empty === undefined) return;
    throw new ShapeError("max", `axis ${empty} of shape ${showShape(shape)} is empty: no maximum`, {
      shapes: [shape],
      axis: empty,
      fix: "leave empty tensors out before taking a maximum",
    });
  },
  fold: (data, start, step, count) => {
    let largest = data[start]!;
    for (let i = 1; i < count; i++) largest = Math.max(largest, data[start + i * step]!);
    return largest;
  },
  vjp: [
    ({ g, x: [x], y, attrs: { axes } }) => {
      const isMax = x.eq(y.unsqueeze(...axes)).cast(x.dtype);
      return isMax.mul(g.div(isMax.sum(axes)).unsqueeze(...axes));
    },
  ],
});
