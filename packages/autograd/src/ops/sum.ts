import { DTypeError } from "../errors.js";
import { reduction } from "../families/reduction.js";
import { sum as sumInOrder } from "../numerics/sum.js";

/** The sum over the given axes, which disappear; 0 over nothing. */
export const sum = reduction({
  name: "sum",
  formula: { forward: "y = Σ x", vjp: ["x̄ = ȳ, repeated"] },
  check: (x) => {
    if (x.dtype !== "bool") return;
    throw new DTypeError("sum", "expected numbers, got bool", {
      fix: 'convert with .cast("float32"), or count with .cast("int32").sum()',
    });
  },
  fold: sumInOrder,
  vjp: [({ g, x: [x], attrs: { axes } }) => g.unsqueeze(...axes).broadcastTo(x.shape)],
});
