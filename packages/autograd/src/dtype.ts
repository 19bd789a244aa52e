import { DTypeError } from "./errors.js";

/**
 * What a tensor's elements are. `float32` and `float64` carry gradients, `int32` and `bool` do not.
 */
export type DType = "float32" | "float64" | "int32" | "bool";

export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

export const isFloat = (dtype: DType): boolean => dtype === "float32" || dtype === "float64";

/** The dtype of a quotient, a root, an exponential: integers and booleans become float32. */
export const floatOf = (dtype: DType): DType => (isFloat(dtype) ? dtype : "float32");

/** Refuses what is no dtype, for callers without types. */
export function checkDType(op: string, dtype: DType): void {
  if (DTYPES.includes(dtype)) return;
  throw new DTypeError(op, `there is no dtype ${String(dtype)}`, {
    fix: `use ${DTYPES.slice(0, -1).join(", ")} or ${DTYPES.at(-1)}`,
  });
}

const DTYPES: readonly DType[] = ["float32", "float64", "int32", "bool"];

/** Refuses operands of different dtypes. */
export function checkDTypes(
  op: string,
  operands: readonly { readonly shape: readonly number[]; readonly dtype: DType }[],
): void {
  const [first] = operands;
  const other = operands.find(({ dtype }) => dtype !== first!.dtype);
  if (!other) return;
  throw new DTypeError(op, `the operands are ${first!.dtype} and ${other.dtype}`, {
    shapes: operands.map(({ shape }) => shape),
    fix: `convert one of them, as with .cast("${first!.dtype}"); PyTorch would promote in silence`,
  });
}

export function allocate(dtype: DType, length: number): TypedArray {
  switch (dtype) {
    case "float32":
      return new Float32Array(length);
    case "float64":
      return new Float64Array(length);
    case "int32":
      return new Int32Array(length);
    case "bool":
      return new Uint8Array(length);
  }
}

/** The number that an element of this dtype holds after `value` is stored in it. */
export function rounded(dtype: DType, value: number): number {
  switch (dtype) {
    case "float32":
      return Math.fround(value);
    case "float64":
      return value;
    case "int32":
      return value | 0;
    case "bool":
      return value !== 0 ? 1 : 0;
  }
}
