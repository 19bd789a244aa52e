import { DTypeError, ShapeError } from "../errors.js";
import { copyInto } from "../ndarray.js";
import { primitive, type Tensor } from "../op.js";
import { sameShape, showShape, stridesOf } from "../shape.js";

/** The tensors one after the other along an axis. */
export const concat = primitive<readonly Tensor[], { readonly axis: number }>({
  name: "concat",
  family: "movement",
  formula: { forward: "y = x₀, x₁, … in a row", vjp: ["x̄ᵢ = the part of ȳ that came from xᵢ"] },
  shape: (x, { axis }) => {
    const [first] = x;
    const others = (shape: readonly number[]) => shape.filter((_, i) => i !== axis);
    for (const [i, { shape, dtype }] of x.entries()) {
      if (dtype !== first!.dtype) {
        throw new DTypeError("concat", `item ${i} is ${dtype}, item 0 is ${first!.dtype}`, {
          fix: `convert item ${i} with .cast("${first!.dtype}")`,
        });
      }
      if (shape.length === first!.shape.length && sameShape(others(shape), others(first!.shape))) {
        continue;
      }
      const expected = first!.shape.map((side, a) => (a === axis ? "any" : side)).join(", ");
      throw new ShapeError(
        "concat",
        `item ${i} has shape ${showShape(shape)}, expected [${expected}] along axis ${axis}`,
        {
          shapes: x.map((item) => item.shape),
          axis,
          fix: "all sides but that of the axis must agree",
        },
      );
    }
    const total = x.reduce((sum, { shape }) => sum + shape[axis]!, 0);
    return first!.shape.map((side, i) => (i === axis ? total : side));
  },
  dtype: ([first]) => first!.dtype,
  forward: (out, x, { axis }) => {
    const strides = stridesOf(out.shape);
    let start = 0;
    for (const item of x) {
      copyInto(out.view(item.shape, strides, start * strides[axis]!), item);
      start += item.shape[axis]!;
    }
  },
  vjp: ({ g, x, attrs: { axis } }, slot) => {
    const start = x.slice(0, slot).reduce((sum, { shape }) => sum + shape[axis]!, 0);
    const stop = start + x[slot]!.shape[axis]!;
    return g.slice(...x[slot]!.shape.map((_, i) => (i === axis ? ([start, stop] as const) : null)));
  },
  batch: ({ x, attrs: { axis }, apply }) => apply(x, { axis: axis + 1 }),
});
