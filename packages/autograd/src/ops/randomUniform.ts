import { type DType, rounded } from "../dtype.js";
import { checkKey } from "../families/dtypes.js";
import { laneByLane } from "../families/lanes.js";
import { threefry2x32 } from "../numerics/threefry.js";
import { primitive, type Tensor } from "../op.js";
import type { Shape } from "../shape.js";

export interface UniformAttrs {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly min: number;
  readonly max: number;
}

/** Random numbers in [min, max), the bits of which are JAX's. */
export const randomUniform = primitive<readonly [Tensor], UniformAttrs>({
  name: "randomUniform",
  family: "random",
  formula: { forward: "y = uniform numbers in [min, max) under key x", vjp: ["none"] },
  shape: ([key], { shape }) => {
    checkKey("randomUniform", key!);
    return [...shape];
  },
  dtype: (_, { dtype }) => dtype,
  forward: (out, x, attrs) => {
    const [key0, key1] = x[0]!.contiguous().data as unknown as [number, number];
    const [min, max] = [rounded(out.dtype, attrs.min), rounded(out.dtype, attrs.max)];
    const span = rounded(out.dtype, max - min);
    for (let i = 0; i < out.data.length; i++) {
      const [high, low] = threefry2x32(key0, key1, Math.floor(i / 2 ** 32), i | 0);
      // The leading bits become a fraction: as many as the mantissa holds, 23 or 52.
      const unit =
        out.dtype === "float32"
          ? ((high ^ low) >>> 9) / 2 ** 23
          : ((high >>> 0) * 2 ** 20 + (low >>> 12)) / 2 ** 52;
      out.data[i] = Math.max(min, unit * span + min);
    }
  },
  vjp: [null],
  batch: laneByLane,
});
