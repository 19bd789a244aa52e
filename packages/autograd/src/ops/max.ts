import { nonEmpty } from "../families/extremes.js";
import { reduction } from "../families/reduction.js";

/** The largest element over the given axes; NaN if one is. Ties share the gradient evenly. */
export const max = reduction({
  name: "max",
  formula: { forward: "y = max x", vjp: ["x̄ = ȳ / (number of ties) where x = y, else 0"] },
  check: (x, { axes }) => nonEmpty("max", x, axes),
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
