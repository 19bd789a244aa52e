import { type DType, tensor } from "../../src/index.js";
import type { Apply, ErrorCase } from "../support/sample.js";

export const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** Numbers keep their dtype, bool is refused. */
export const numeric: Record<Exclude<DType, "float64">, DType | null> = {
  float32: "float32",
  int32: "int32",
  bool: null,
};

/** Integers and bool become float32. */
export const analytic: Record<Exclude<DType, "float64">, DType> = {
  float32: "float32",
  int32: "float32",
  bool: "float32",
};

/** Whatever comes in goes out. */
export const any: Record<Exclude<DType, "float64">, DType> = {
  float32: "float32",
  int32: "int32",
  bool: "bool",
};

/** A bool operand is refused, with the way out. */
export const refusesBool = (apply: Apply): ErrorCase => ({
  title: "a bool operand",
  inputs: [tensor([true, false])],
  apply,
  error: "DTypeError",
  says: ["expected numbers, got bool", '.cast("float32")'],
});

export const float64 = (data: Parameters<typeof tensor>[0]) => tensor(data, { dtype: "float64" });
export const int32 = (data: Parameters<typeof tensor>[0]) => tensor(data, { dtype: "int32" });
