import { arithmetic } from "../families/dtypes.js";
import { reduction } from "../families/reduction.js";
import type { Tensor } from "../op.js";

/** The product over the given axes, in ascending order; 1 over nothing. */
export const prod = reduction({
  name: "prod",
  formula: { forward: "y = Π x", vjp: ["x̄ᵢ = ȳ·Π xⱼ over j ≠ i"] },
  check: (x) => {
    arithmetic("prod", x);
  },
  fold: (data, start, step, count, round) => {
    let product = 1;
    for (let i = 0; i < count; i++) product = round(product * data[start + i * step]!);
    return product;
  },
  vjp: [({ g, x: [x], attrs: { axes } }) => g.unsqueeze(...axes).mul(productsOfOthers(x, axes))],
});

/** At each place the product of all others, from both sides: nothing divides, so 0 does no harm. */
function productsOfOthers(x: Tensor, axes: readonly number[]): Tensor {
  if (x.size === 0) return x;
  const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const order = [...kept, ...axes];
  const last = x.transpose(order);
  const row = last.reshape([...kept.map((axis) => x.shape[axis]!), -1]);
  const before = row.cumprod(-1, { exclusive: true });
  const after = row.cumprod(-1, { exclusive: true, reverse: true });
  const back = order.map((_, axis) => order.indexOf(axis));
  return before.mul(after).reshape(last.shape).transpose(back);
}
