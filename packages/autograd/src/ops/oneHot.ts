import type { DType } from "../dtype.js";
import { DTypeError } from "../errors.js";
import { lanewise } from "../families/lanes.js";
import { checkIndex } from "../numerics/indexing.js";
import { primitive, type Tensor } from "../op.js";
import { checkShape } from "../shape.js";

export interface OneHotAttrs {
  readonly classes: number;
  readonly dtype: DType;
}

/** 1 at the class, 0 elsewhere, along a new last axis as long as there are classes. */
export const oneHot = primitive<readonly [Tensor], OneHotAttrs>({
  name: "oneHot",
  family: "indexing",
  formula: { forward: "y = 1 at class x, else 0", vjp: ["none"] },
  shape: ([x], { classes }) => {
    const shape = [...x!.shape, classes];
    checkShape("oneHot", shape);
    if (x!.dtype === "int32") return shape;
    throw new DTypeError("oneHot", `class labels must be int32, got ${x!.dtype}`, {
      fix: 'make them with tensor(labels, { dtype: "int32" })',
    });
  },
  dtype: (_, { dtype }) => dtype,
  forward: (out, [x], { classes }) => {
    const { data } = x!.contiguous();
    for (let i = 0; i < data.length; i++) {
      checkIndex("oneHot", data[i]!, i, classes);
      out.data[i * classes + data[i]!] = 1;
    }
  },
  vjp: [null],
  batch: lanewise,
});
