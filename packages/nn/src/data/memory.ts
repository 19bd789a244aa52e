import type { DType } from "@neurite/autograd";
import { DataError } from "./data-error.js";

/** What is held without being asked: 2 GiB. */
export const DEFAULT_LIMIT = 2 ** 31;

/** Refuses to hold more than a limit, before anything is allocated. */
export function checkBytes(
  op: string,
  what: string,
  { bytes, limit = DEFAULT_LIMIT, fix }: { bytes: number; limit?: number; fix: string },
): void {
  if (bytes <= limit) return;
  throw new DataError(op, `${what} would take ${bytes} bytes, and the limit is ${limit}`, {
    value: bytes,
    fix,
  });
}

export const bytesPerElement: Readonly<Record<DType, number>> = {
  float64: 8,
  float32: 4,
  int32: 4,
  bool: 1,
};
