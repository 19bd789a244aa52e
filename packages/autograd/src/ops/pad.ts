import { rounded } from "../dtype.js";
import { copyInto, NDArray } from "../ndarray.js";
import { primitive, type Tensor } from "../op.js";
import { checkShape, stridesOf } from "../shape.js";

/** Along every axis: how much is added before and after, and between neighbours (`gaps`). */
export interface PadAttrs {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly gaps: readonly number[];
  readonly value: number;
}

/** Surrounds and, with gaps, spreads the elements with a constant: the opposite of a slice. */
export const pad = primitive<readonly [Tensor], PadAttrs>({
  name: "pad",
  family: "movement",
  formula: { forward: "y = x, padded", vjp: ["x̄ = the part of ȳ where x went"] },
  shape: ([x], { before, after, gaps }) => {
    const shape = x!.shape.map((side, axis) => {
      const spread = side + Math.max(0, side - 1) * gaps[axis]!;
      return before[axis]! + spread + after[axis]!;
    });
    checkShape("pad", shape);
    return shape;
  },
  dtype: ([x]) => x!.dtype,
  forward: (out, [x], { before, gaps, value }) => {
    out.data.fill(rounded(out.dtype, value));
    const strides = stridesOf(out.shape);
    const inside = new NDArray(
      out.data,
      out.dtype,
      x!.shape,
      strides.map((stride, axis) => stride * (gaps[axis]! + 1)),
      before.reduce((at, count, axis) => at + count * strides[axis]!, 0),
    );
    copyInto(inside, x!);
  },
  vjp: [
    ({ g, x: [x], attrs: { before, gaps } }) =>
      g.slice(
        ...x.shape.map(
          (side, axis) =>
            [
              before[axis]!,
              before[axis]! + (side === 0 ? 0 : (side - 1) * (gaps[axis]! + 1) + 1),
              gaps[axis]! + 1,
            ] as const,
        ),
      ),
  ],
  batch: ({ x, attrs: { before, after, gaps, value }, apply }) =>
    apply(x, { before: [0, ...before], after: [0, ...after], gaps: [0, ...gaps], value }),
});
