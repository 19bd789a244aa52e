import { nonEmpty } from "../families/extremes.js";
import { reduction } from "../families/reduction.js";

/** The smallest element over the given axes; NaN if one is. Ties share the gradient evenly. */
export const min = reduction({
  name: "min",
  formula: { forward: "y = min x", vjp: ["x̄ = ȳ / (number of ties) where x = y, else 0"] },
  check: (x, { axes }) => nonEmpty("min", x, axes),
  fold: (data, start, step, count) => {
    let smallest = data[start]!;
    for (let i = 1; i < count; i++) smallest = Math.min(smallest, data[start + i * step]!);
    return smallest;
  },
  vjp: [
    ({ g, x: [x], y, attrs: { axes } }) => {
      const isMin = x.eq(y.unsqueeze(...axes)).cast(x.dtype);
      return isMin.mul(g.div(isMin.sum(axes)).unsqueeze(...axes));
    },
  ],
});
