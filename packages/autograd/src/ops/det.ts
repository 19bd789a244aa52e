import { lanewise } from "../families/lanes.js";
import { factorize } from "../numerics/lu.js";
import { checkSquare, forEachMatrix } from "../numerics/matrices.js";
import { primitive, type Tensor } from "../op.js";

/** The determinants of the matrices along the last two axes; 1 for those of no rows. */
export const det = primitive<readonly [Tensor]>({
  name: "det",
  family: "factorization",
  formula: { forward: "y = det A", vjp: ["Ā = ȳ·cof A"] },
  shape: ([x]) => x!.shape.slice(0, -2),
  dtype: ([x]) => {
    checkSquare("det", x!);
    return x!.dtype;
  },
  forward: (out, [x]) => {
    const n = x!.shape.at(-1)!;
    forEachMatrix([x!], ([matrix], at) => {
      const { lu, rows, sign } = factorize(matrix!, n);
      out.data[at] = rows.reduce((product, _, k) => product * lu[k * n + k]!, sign);
    });
  },
  vjp: [({ g, x: [x] }) => x.cofactors().mul(g.unsqueeze(-2, -1))],
  batch: lanewise,
});
