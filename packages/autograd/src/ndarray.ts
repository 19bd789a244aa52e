import { allocate, type DType, type TypedArray } from "./dtype.js";
import { type Shape, sizeOf, stridesOf } from "./shape.js";

/** Up to this many elements a copy costs less than a second view of one buffer. */
const SHORT = 16;

/**
 * Dense numbers seen through strides; no derivatives. Broadcasting is a stride of 0, a transpose or
 * a slice another way to walk the same elements. Arrays are never written after they are made.
 */
export class NDArray {
  constructor(
    readonly data: TypedArray,
    readonly dtype: DType,
    readonly shape: Shape,
    readonly strides: readonly number[] = stridesOf(shape),
    readonly offset: number = 0,
  ) {}

  static empty(dtype: DType, shape: Shape): NDArray {
    return new NDArray(allocate(dtype, sizeOf(shape)), dtype, shape);
  }

  static of(dtype: DType, shape: Shape, values: ArrayLike<number>): NDArray {
    const array = NDArray.empty(dtype, shape);
    array.data.set(values);
    return array;
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  /** Whether the elements lie one after the other, in order, in all of `data` or a part of it. */
  get isDense(): boolean {
    let step = 1;
    for (let axis = this.shape.length - 1; axis >= 0; axis--) {
      if (this.shape[axis] !== 1 && this.strides[axis] !== step) return false;
      step *= this.shape[axis]!;
    }
    return true;
  }

  /** Whether the elements are all of `data`, in order. */
  get isContiguous(): boolean {
    return this.offset === 0 && this.data.length === this.size && this.isDense;
  }

  /** The same elements in a contiguous array: this one, if it is; a dense part is not copied. */
  contiguous(): NDArray {
    if (this.isContiguous) return this;
    if (this.isDense && this.size > SHORT) {
      const part = this.data.subarray(this.offset, this.offset + this.size);
      return new NDArray(part, this.dtype, this.shape);
    }
    const copy = NDArray.empty(this.dtype, this.shape);
    copyInto(copy, this);
    return copy;
  }

  /** The same elements under other strides. */
  view(shape: Shape, strides: readonly number[], offset = this.offset): NDArray {
    return new NDArray(this.data, this.dtype, shape, strides, offset);
  }

  /** The elements in row-major order; a copy that the caller may keep. */
  toTypedArray(): TypedArray {
    const copy = NDArray.empty(this.dtype, this.shape);
    copyInto(copy, this);
    return copy.data;
  }
}

/** Visits the rows (runs along the last axis) of arrays of one shape, by where they start. */
export function forEachRow(
  arrays: readonly NDArray[],
  visit: (starts: readonly number[], row: number) => void,
): void {
  const { shape } = arrays[0]!;
  const outer = Math.max(0, shape.length - 1);
  if (sizeOf(shape) === 0) return;
  const starts = arrays.map((a) => a.offset);
  const index = new Array<number>(outer).fill(0);
  for (let row = 0; ; row++) {
    visit(starts, row);
    let axis = outer - 1;
    for (; axis >= 0; axis--) {
      const wraps = ++index[axis]! === shape[axis];
      const move = wraps ? 1 - shape[axis]! : 1;
      for (let i = 0; i < arrays.length; i++) starts[i]! += move * arrays[i]!.strides[axis]!;
      if (!wraps) break;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/** The length of a row and the step between its elements, for `forEachRow`. */
export const rowLength = (a: NDArray): number => a.shape.at(-1) ?? 1;
export const rowStep = (a: NDArray): number => a.strides.at(-1) ?? 0;

/** Writes the elements of `from` to where `out`, a view of the same shape, has its own. */
export function copyInto(out: NDArray, from: NDArray): void {
  if (out.isDense && from.isDense) {
    const { data, offset, size } = from;
    out.data.set(data.length === size ? data : data.subarray(offset, offset + size), out.offset);
    return;
  }
  const length = rowLength(from);
  const [outStep, fromStep] = [rowStep(out), rowStep(from)];
  forEachRow([out, from], ([outStart, fromStart]) => {
    for (let i = 0; i < length; i++) {
      out.data[outStart! + i * outStep] = from.data[fromStart! + i * fromStep]!;
    }
  });
}

/** The elements as nested arrays of numbers; booleans for `bool`. */
export function toNested(array: NDArray): Nested {
  const { data } = array.contiguous();
  const read = (at: number) => (array.dtype === "bool" ? data[at] === 1 : data[at]!);
  const strides = stridesOf(array.shape);
  const build = (axis: number, start: number): Nested =>
    axis === array.shape.length
      ? read(start)
      : Array.from({ length: array.shape[axis]! }, (_, i) =>
          build(axis + 1, start + i * strides[axis]!),
        );
  return build(0, 0);
}

/** Numbers or booleans, nested as deep as the rank. */
export type Nested = number | boolean | readonly Nested[];

/** What a node holds when it has run: a number for rank 0, an array for the rest, or several. */
export type Value = number | NDArray | readonly Value[];
