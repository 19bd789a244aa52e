import type { DType } from "../../dtype.js";
import type { Code } from "../wasm/code.js";

/** A vector of a kernel in memory. */
export interface Place {
  readonly dtype: DType;
  /** The local that holds the address of the first lane, and bytes beyond it. */
  readonly pointer: number;
  readonly bytes: number;
  /** From lane to lane, in elements. */
  readonly stride: number;
  /** How many lanes are in use, of `lanes`. */
  readonly count: number;
  readonly lanes: 2 | 4;
}

/** The size of an element in memory, in bytes, by dtype. */
export const WIDTH: Readonly<Record<DType, number>> = {
  float32: 4,
  float64: 8,
  int32: 4,
  bool: 1,
};

/** Pushes a vector; what lies in the lanes that are not in use is anything. Bools become masks. */
export function load(code: Code, place: Place): void {
  if (place.stride === 0) splat(code, place);
  else if (place.stride === 1) together(code, place);
  else oneByOne(code, place);
  if (place.dtype === "bool") mask(code, place);
}

function splat(code: Code, { dtype, pointer, bytes }: Place): void {
  code.get(pointer).emit(`v128.load${8 * WIDTH[dtype]}_splat`, bytes);
}

function together(code: Code, { dtype, pointer, bytes, lanes }: Place): void {
  code.get(pointer);
  if (dtype === "bool") {
    code.emit("v128.load32_zero", bytes);
    widen(code);
  } else if (WIDTH[dtype] * lanes === 16) code.emit("v128.load", bytes);
  else code.emit("v128.load64_zero", bytes);
}

/** Bytes to words. */
const widen = (code: Code): Code =>
  code.emit("i16x8.extend_low_i8x16_u").emit("i32x4.extend_low_i16x8_u");

function oneByOne(code: Code, { dtype, pointer, bytes, stride, count }: Place): void {
  const width = WIDTH[dtype];
  code.i32x4(0, 0, 0, 0);
  const vector = code.local("v128");
  code.set(vector);
  for (let lane = 0; lane < count; lane++) {
    const at = bytes + lane * stride * width;
    // The offset of an instruction is unsigned: a step back is taken on the address.
    code.get(pointer);
    if (at < 0) code.i32(at).emit("i32.add");
    code
      .get(vector)
      .emit(`v128.load${8 * width}_lane`, Math.max(0, at), lane)
      .set(vector);
  }
  code.get(vector);
  if (dtype === "bool") widen(code);
}

/** Numbers 0 and 1 (or, repeated, bytes of them) to masks as wide as the lanes. */
function mask(code: Code, { lanes, stride }: Place): void {
  const isWide = lanes === 2;
  if (isWide && stride !== 0) code.emit("i64x2.extend_low_i32x4_u");
  code.i32x4(0, 0, 0, 0).emit(isWide ? "i64x2.ne" : "i32x4.ne");
}

/** Writes the lanes that are in use; `push` pushes the vector. */
export function store(code: Code, place: Place, push: () => void): void {
  const { dtype, pointer, bytes, stride, count, lanes } = place;
  const width = WIDTH[dtype];
  const value = () => {
    push();
    if (dtype === "bool") narrow(code, lanes);
  };
  const full = width * lanes;
  if (stride === 1 && count === lanes) {
    code.get(pointer);
    value();
    if (full === 16) code.emit("v128.store", bytes);
    else code.emit(`v128.store${8 * full}_lane`, bytes, 0);
    return;
  }
  const vector = code.local("v128");
  value();
  code.set(vector);
  for (let lane = 0; lane < count; lane++) {
    const at = bytes + lane * stride * width;
    code.get(pointer);
    if (at < 0) code.i32(at).emit("i32.add");
    code.get(vector).emit(`v128.store${8 * width}_lane`, Math.max(0, at), lane);
  }
}

/** Masks to bytes 0 and 1, at the beginning of the vector. */
function narrow(code: Code, lanes: 2 | 4): void {
  const step = 16 / lanes;
  const picked = Array.from({ length: 16 }, (_, i) => (i < lanes ? i * step : 0));
  code.i32x4(1, lanes === 2 ? 0 : 1, 1, lanes === 2 ? 0 : 1).emit("v128.and");
  code.i32x4(0, 0, 0, 0).emit("i8x16.shuffle", ...picked);
}
