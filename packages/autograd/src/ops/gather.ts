import { checkIndexShape, indexedOffsets } from "../numerics/indexing.js";
import { primitive, type Tensor } from "../op.js";

/** Picks elements along an axis: y[i, j] = x[index[i, j], j] for axis 0. */
export const gather = primitive<readonly [Tensor, Tensor], { readonly axis: number }>({
  name: "gather",
  family: "indexing",
  formula: { forward: "y = x at index", vjp: ["x̄ = ȳ added at index", "none"] },
  shape: ([x, index], { axis }) => {
    checkIndexShape("gather", x!.shape, index!, axis);
    return index!.shape;
  },
  dtype: ([x]) => x!.dtype,
  forward: (out, [x, index], { axis }) => {
    const { data } = x!.contiguous();
    const offsets = indexedOffsets("gather", index!, x!.shape, axis);
    for (let i = 0; i < offsets.length; i++) out.data[i] = data[offsets[i]!]!;
  },
  vjp: [
    ({ g, x: [x, index], attrs: { axis } }) => x.constantLike(0).scatterAdd(index, g, axis),
    null,
  ],
  batch: ({ x, attrs: { axis }, apply }) => apply(x, { axis: axis + 1 }),
});
