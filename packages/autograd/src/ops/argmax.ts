import { ShapeError } from "../errors.js";
import { primitive, type Tensor } from "../op.js";
import { showShape } from "../shape.js";
import { foldable } from "./family.js";

/**
 * The index of the largest element along an axis, as int32. Of ties it is the first, and NaN counts
 * as largest.
 */
export const argmax = primitive<readonly [Tensor], { readonly axis: number }>({
  name: "argmax",
  family: "reduction",
  formula: { forward: "y = the index of max x", vjp: ["none"] },
  shape: ([x], { axis }) => {
    if (x!.shape[axis] !== 0) return x!.shape.filter((_, i) => i !== axis);
    throw new ShapeError("argmax", `axis ${axis} of shape ${showShape(x!.shape)} is empty`, {
      shapes: [x!.shape],
      axis,
      fix: "leave empty tensors out before taking a maximum",
    });
  },
  dtype: () => "int32",
  forward: (out, [x], { axis }) => {
    const { data, start, step, count } = foldable(x!, [axis]);
    for (let i = 0; i < out.data.length; i++) out.data[i] = indexOfMax(data, start(i), step, count);
  },
  vjp: [null],
  batch: ({ x, attrs: { axis }, apply }) => apply(x, { axis: axis + 1 }),
});

function indexOfMax(data: ArrayLike<number>, start: number, step: number, count: number): number {
  let best = 0;
  for (let i = 0; i < count; i++) {
    const value = data[start + i * step]!;
    if (Number.isNaN(value)) return i;
    if (value > data[start + best * step]!) best = i;
  }
  return best;
}
