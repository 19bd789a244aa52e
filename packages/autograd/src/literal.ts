import { checkDType, type DType, rounded, type TypedArray } from "./dtype.js";
import { DTypeError, ShapeError } from "./errors.js";
import { NDArray } from "./ndarray.js";
import { checkShape, type Shape, showShape, sizeOf } from "./shape.js";

/** Numbers as a person writes them: `[[1, 2], [3, 4]]`, or a typed array. */
export type Literal = number | boolean | TypedArray | readonly Literal[];

export interface LiteralOptions {
  readonly dtype?: DType | undefined;
  /** Needed only when `data` is flat and the tensor is not. */
  readonly shape?: Shape | undefined;
}

/**
 * Reads a literal into an array. Rows must be equally long, every entry a number or boolean. `op`
 * is what it was given to.
 */
export function parseLiteral(data: Literal, options: LiteralOptions = {}, op = "tensor"): NDArray {
  if (options.dtype !== undefined) checkDType(op, options.dtype);
  const natural = isTypedArray(data) ? [data.length] : literalShape(data, [], op);
  const values = isTypedArray(data) ? data : flatten(data, natural, op);
  const shape = options.shape ?? natural;
  checkShape(op, shape);
  if (sizeOf(shape) !== values.length) {
    throw new ShapeError(op, `${values.length} values do not fill shape ${showShape(shape)}`, {
      shapes: [natural, shape],
      fix: `give ${sizeOf(shape)} values, or another shape`,
    });
  }
  const dtype = options.dtype ?? dtypeOf(data);
  const isCast = dtype === "bool" && options.dtype !== undefined;
  if (dtype === "int32" || (dtype === "bool" && !isCast)) checkExact(values, dtype, op);
  const kept = isCast ? Array.from(values, (value) => rounded(dtype, value)) : values;
  return NDArray.of(dtype, Object.freeze([...shape]), kept);
}

const isTypedArray = (data: unknown): data is TypedArray =>
  ArrayBuffer.isView(data) && !/Big|DataView/.test(Object.prototype.toString.call(data));

function dtypeOf(data: Literal): DType {
  if (data instanceof Float64Array) return "float64";
  if (data instanceof Int32Array) return "int32";
  if (data instanceof Uint8Array) return "bool";
  if (Array.isArray(data) && data.length > 0) return dtypeOf(data[0]);
  return typeof data === "boolean" ? "bool" : "float32";
}

function literalShape(data: Literal, path: readonly number[], op: string): number[] {
  if (typeof data === "number" || typeof data === "boolean") return [];
  if (!Array.isArray(data) && !isTypedArray(data)) refuse(op, data, path);
  const rows = data as readonly Literal[];
  return rows.length === 0 ? [0] : [rows.length, ...literalShape(rows[0]!, [...path, 0], op)];
}

function flatten(data: Literal, shape: Shape, op: string): number[] {
  const values: number[] = [];
  const visit = (entry: Literal, path: readonly number[]): void => {
    const expected = shape[path.length];
    if (expected === undefined) {
      if (typeof entry !== "number" && typeof entry !== "boolean") refuse(op, entry, path);
      values.push(Number(entry));
      return;
    }
    const rows = entry as readonly Literal[];
    if (!Array.isArray(entry) && !isTypedArray(entry)) refuse(op, entry, path, expected);
    if (rows.length !== expected) {
      throw new ShapeError(op, `row ${showPath(path)} has length ${rows.length}, not ${expected}`, {
        shapes: [shape],
        axis: path.length,
        fix: "make all rows equally long",
      });
    }
    for (let i = 0; i < rows.length; i++) visit(rows[i]!, [...path, i]);
  };
  visit(data, []);
  return values;
}

const showPath = (path: readonly number[]): string => path.map((i) => `[${i}]`).join("");

function refuse(op: string, entry: unknown, path: readonly number[], rowOf?: number): never {
  const found = Array.isArray(entry)
    ? `a row of ${entry.length}`
    : [entry == null ? "" : typeof entry, String(entry)].join(" ").trim();
  const wanted = rowOf === undefined ? "a number" : `a row of ${rowOf}`;
  const whole = op === "tensor" ? "the data" : "the operand";
  const where = path.length === 0 ? whole : `entry ${showPath(path)}`;
  throw new DTypeError(op, `${where} is ${found}, expected ${wanted}`, {
    fix: "use numbers or booleans in arrays of equal length, or a typed array",
  });
}

/**
 * Refuses values that would be cut off in silence: fractions and large numbers as int32, and bytes
 * that are taken for bool because nobody said what they are.
 */
function checkExact(values: ArrayLike<number>, dtype: DType, op: string): void {
  for (let i = 0; i < values.length; i++) {
    if (rounded(dtype, values[i]!) === values[i]) continue;
    throw new DTypeError(op, `value ${values[i]} at position ${i} is no ${dtype}`, {
      fix: 'say which dtype the data has, as with { dtype: "float32" }, or round them first',
    });
  }
}
