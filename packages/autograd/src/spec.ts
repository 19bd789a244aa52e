import type { DType } from "./dtype.js";
import type { Spec } from "./op.js";
import { SCALAR, type Shape } from "./shape.js";

/** What is known of a scalar of each dtype: one record for all of them, told apart by identity. */
export const SCALARS: Readonly<Record<DType, Spec>> = {
  float32: { shape: SCALAR, dtype: "float32" },
  float64: { shape: SCALAR, dtype: "float64" },
  int32: { shape: SCALAR, dtype: "int32" },
  bool: { shape: SCALAR, dtype: "bool" },
};

/** Shape and dtype as one record. */
export const specFor = (shape: Shape, dtype: DType): Spec =>
  shape.length === 0 ? SCALARS[dtype] : { shape: Object.freeze(shape), dtype };
