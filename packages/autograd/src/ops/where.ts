import { DTypeError } from "../errors.js";
import { elementwise } from "../families/elementwise.js";
import { lanewise } from "../families/lanes.js";
import { primitive, type Tensor } from "../op.js";

/** Takes from a where the condition holds, from b elsewhere. */
export const where = primitive<readonly [Tensor, Tensor, Tensor]>({
  name: "where",
  family: "selection",
  formula: {
    forward: "y = a where c, else b",
    vjp: ["none", "ā = ȳ where c, else 0", "b̄ = 0 where c, else ȳ"],
  },
  scalar: (c, a, b) => (c ? a : b),
  shape: ([condition]) => condition!.shape,
  dtype: ([condition, a]) => {
    if (condition!.dtype === "bool") return a!.dtype;
    throw new DTypeError("where", `the condition must be bool, got ${condition!.dtype}`, {
      fix: "compare first, as in x.gt(0).where(a, b)",
    });
  },
  forward: (out, x) => elementwise(out, x, (c, a, b) => (c ? a : b)),
  vjp: [null, ({ g, x: [c] }) => c.where(g, 0), ({ g, x: [c] }) => c.where(0, g)],
  batch: lanewise,
});
