import { allocate, type DType, rounded } from "../dtype.js";
import { NDArray, type Value } from "../ndarray.js";
import type { Spec } from "../op.js";
import { checkShape, type Shape, showShape, sizeOf } from "../shape.js";
import { isDType } from "./attributes.js";
import { countOf, isCount, listOf, malformed } from "./malformed.js";
import { fromJson } from "./plain.js";

/** Reads the values of leaves: numbers from the header, elements from the data. */
export class ValueReader {
  /** The places of values, from the first byte to the one after the last. */
  readonly #ranges: (readonly [start: number, end: number])[] = [];
  /** How many bytes they have together: what is allocated cannot be more than there is. */
  #used = 0;

  constructor(readonly data: Uint8Array) {}

  /** A number, or the elements between two bytes of the data, which are looked for there first. */
  read(entry: unknown, { shape, dtype }: Spec, where: string): Value {
    if (shape.length === 0) {
      const number = fromJson(entry);
      if (typeof number === "number" && Object.is(rounded(dtype, number), number)) return number;
      throw malformed(`the value of ${where} is ${JSON.stringify(entry)}, expected a ${dtype}`);
    }
    const range = listOf(entry, `the value of ${where}`);
    const [start, end] = range.map((byte) => countOf(byte, `the place of the value of ${where}`));
    const bytes = sizeOf(shape) * BYTES[dtype];
    if (range.length !== 2 || end! - start! !== bytes) {
      const place = JSON.stringify(range);
      throw malformed(
        `${where} needs ${bytes} bytes for ${dtype} ${showShape(shape)}, not ${place}`,
      );
    }
    const available = this.data.length;
    if (end! > available) {
      throw malformed(
        `the value of ${where} ends at byte ${end} of the data, which has ${available}`,
      );
    }
    this.#used += bytes;
    if (this.#used > available) throw malformed(`the value of ${where} shares bytes with another`);
    if (bytes > 0) this.#ranges.push([start!, end!]);
    const data = allocate(dtype, sizeOf(shape));
    // Copied, because elements begin at a multiple of their size in memory, but not in the file.
    new Uint8Array(data.buffer).set(this.data.subarray(start, end));
    if (dtype === "bool" && data.some((byte: number) => byte > 1)) {
      throw malformed(`the value of ${where} has bytes other than 0 and 1, but is bool`);
    }
    return new NDArray(data, dtype, shape);
  }

  /** Refuses bytes that belong to nothing or to two values: each has its own. */
  checkAllUsed(): void {
    let end = 0;
    for (const [start, next] of this.#ranges.sort(([a], [b]) => a - b)) {
      if (start < end) throw malformed(`byte ${start} of the data belongs to two values`);
      if (start > end) break;
      end = next;
    }
    const { length } = this.data;
    if (end < length) throw malformed(`byte ${end} of the data, which has ${length}, is not used`);
  }
}

const BYTES: Readonly<Record<DType, number>> = { float32: 4, float64: 8, int32: 4, bool: 1 };

/** The declared dtype and shape. */
export function specOf(
  { dtype, shape }: { readonly dtype?: unknown; readonly shape?: unknown },
  where: string,
): Spec {
  if (!isDType(dtype)) {
    const shown = JSON.stringify(dtype) ?? "missing";
    throw malformed(`the dtype of ${where} is ${shown}, which neurite does not know`);
  }
  const sides = listOf(shape, `the shape of ${where}`);
  if (!sides.every(isCount)) throw malformed(`the shape of ${where} is ${JSON.stringify(shape)}`);
  checkShape("deserialize", sides as Shape);
  return { shape: Object.freeze([...(sides as Shape)]), dtype };
}
