import { analytic } from "../families/elementwise.js";
import { erfInv as special } from "../numerics/special/printed/erfInv.js";

/** The inverse of the error function, on (−1, 1): what turns uniform numbers into normal ones. */
export const erfInv = analytic({
  name: "erfInv",
  formula: { forward: "erf(y) = x", vjp: ["x̄ = ȳ·(√π / 2)·exp(y²)"] },
  scalar: special.float64,
  single: special.float32,
  vjp: [
    ({ g, y }) =>
      g.mul(
        y
          .square()
          .exp()
          .mul(Math.sqrt(Math.PI) / 2),
      ),
  ],
});
