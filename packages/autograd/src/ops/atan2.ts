import { floatOf } from "../dtype.js";
import { binary } from "../families/elementwise.js";
import { atan2 as special } from "../numerics/special/printed/atan2.js";
import type { Tensor } from "../op.js";

/** a² + b², but infinite at the origin: as if far away, where every derivative is 0. */
const radiusSquared = (a: Tensor, b: Tensor): Tensor =>
  a.eq(0).logicalAnd(b.eq(0)).where(Number.POSITIVE_INFINITY, a.square().add(b.square()));

/** The angle of the point (b, a), from −π to π: of a vertical and a horizontal side, in order. */
export const atan2 = binary({
  name: "atan2",
  formula: {
    forward: "y = atan2(a, b)",
    vjp: ["ā = ȳ·b / (a² + b²)", "b̄ = −ȳ·a / (a² + b²)"],
  },
  scalar: special.float64,
  single: special.float32,
  result: floatOf,
  vjp: [
    ({ g, x: [a, b] }) => g.mul(b).div(radiusSquared(a, b)),
    ({ g, x: [a, b] }) => g.mul(a).div(radiusSquared(a, b)).neg(),
  ],
});
