import type { DType } from "@neurite/autograd";

// The file: 8 bytes little-endian length of the header, the header as JSON, then the tensors'
// bytes.
// https://github.com/huggingface/safetensors, format section of its README.

/** One tensor's entry in the header. The offsets count from the end of the header. */
export interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [start: number, end: number];
}

export const codeOf: Readonly<Record<DType, string>> = {
  float32: "F32",
  float64: "F64",
  int32: "I32",
  bool: "BOOL",
};

export const dtypeOf = new Map<string, DType>(
  Object.entries(codeOf).map(([dtype, code]) => [code, dtype as DType]),
);

export const LENGTH_BYTES = 8;
/** The key under which the header keeps text about the file. */
export const METADATA = "__metadata__";
