import { checkDTypes } from "../dtype.js";
import { ShapeError } from "../errors.js";
import { arithmetic } from "../families/dtypes.js";
import { copyInto } from "../ndarray.js";
import { checkIndexShape, indexedOffsets } from "../numerics/indexing.js";
import { primitive, type Tensor } from "../op.js";
import { sameShape, showShape } from "../shape.js";

/** Adds elements along an axis, repeats included: y[index[i, j], j] += source[i, j] for axis 0. */
export const scatterAdd = primitive<readonly [Tensor, Tensor, Tensor], { readonly axis: number }>({
  name: "scatterAdd",
  family: "indexing",
  formula: { forward: "y = x with s added at index", vjp: ["x̄ = ȳ", "none", "s̄ = ȳ at index"] },
  shape: ([x, index, source], { axis }) => {
    checkIndexShape("scatterAdd", x!.shape, index!, axis);
    if (sameShape(index!.shape, source!.shape)) return x!.shape;
    const [given, expected] = [showShape(source!.shape), showShape(index!.shape)];
    throw new ShapeError("scatterAdd", `the source is ${given} but the index is ${expected}`, {
      shapes: [source!.shape, index!.shape],
      fix: "give every element of the source one index",
    });
  },
  dtype: ([x, , source]) => {
    checkDTypes("scatterAdd", [x!, source!]);
    return arithmetic("scatterAdd", x!);
  },
  forward: (out, x, { axis }) => {
    copyInto(out, x[0]!);
    const offsets = indexedOffsets("scatterAdd", x[1]!, out.shape, axis);
    const { data } = x[2]!.contiguous();
    for (let i = 0; i < offsets.length; i++) out.data[offsets[i]!]! += data[i]!;
  },
  vjp: [({ g }) => g, null, ({ g, x: [, index], attrs: { axis } }) => g.gather(index, axis)],
  batch: ({ x, attrs: { axis }, apply }) => apply(x, { axis: axis + 1 }),
});
