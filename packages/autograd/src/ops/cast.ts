import type { DType } from "../dtype.js";
import { elementwise } from "../families/elementwise.js";
import { lanewise } from "../families/lanes.js";
import { primitive, type Tensor } from "../op.js";

/** The value in another dtype: rounded to float32, cut to int32, compared with 0 for bool. */
export const cast = primitive<readonly [Tensor], { readonly dtype: DType }>({
  name: "cast",
  family: "unary",
  formula: { forward: "y = x as another dtype", vjp: ["x̄ = ȳ as the dtype of x"] },
  scalar: (x) => x,
  shape: ([x]) => x!.shape,
  dtype: (_, { dtype }) => dtype,
  forward: (out, x) => elementwise(out, x, out.dtype === "bool" ? (a) => +(a !== 0) : (a) => a),
  vjp: [({ g, x: [x] }) => g.cast(x.dtype)],
  batch: lanewise,
});
