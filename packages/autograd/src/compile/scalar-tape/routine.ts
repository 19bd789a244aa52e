import type { DType } from "../../dtype.js";
import { load, type Place, store, WIDTH } from "../kernels/access.js";
import { Code } from "../wasm/code.js";
import type { Mode } from "./tape.js";

const CELLS = 0;
/** The address of the next word. */
const AT = 1;

/**
 * The function of a routine: (cells, at) -> at, all addresses. It reads its words from `at` on, and
 * returns where the next instruction begins.
 */
export class RoutineCode extends Code {
  constructor() {
    super({ params: ["i32", "i32"], results: ["i32"] });
  }

  /** Pushes the word that is so many words ahead. */
  word(ahead: number): this {
    return this.get(AT).emit("i32.load", 4 * ahead);
  }

  /** Pushes the address of the cell that such a word names. */
  cell(ahead: number): this {
    return this.word(ahead).get(CELLS).emit("i32.add");
  }

  /** Moves a local by so many bytes. */
  move(local: number, bytes: number): this {
    return this.get(local).i32(bytes).emit("i32.add").set(local);
  }

  /** Goes on by so many words. */
  skip(words: number): this {
    return this.move(AT, 4 * words);
  }

  /** Pushes where it has come to, as the result. */
  finish(): this {
    return this.get(AT);
  }

  /** Runs `body` as often as a local says, at least once; the local counts down. */
  countDown(times: number, body: () => void): this {
    return this.loop((again) => {
      body();
      this.get(times).i32(1).emit("i32.sub").tee(times).brIf(again);
    });
  }

  /**
   * The four operands of a block as vectors in locals, low lanes first; the word so far ahead names
   * the first one. Bools become masks.
   */
  take(dtype: DType, mode: Mode, ahead: number): number[] {
    if (mode === "any") {
      const lanes = lanesOf(dtype);
      return parts(dtype).map((part) => this.#gathered(dtype, ahead + part * lanes));
    }
    const pointer = this.local("i32");
    this.cell(ahead).set(pointer);
    const at = (part: number, stride: number) =>
      this.#kept(() => load(this, { ...placeOf(dtype, pointer, part), stride }));
    if (mode === "next") return parts(dtype).map((part) => at(part, 1));
    const same = at(0, 0);
    return parts(dtype).map(() => same);
  }

  /** Writes the results of a block. */
  put(dtype: DType, pointer: number, vectors: readonly number[]): this {
    for (const [part, vector] of vectors.entries()) {
      store(this, { ...placeOf(dtype, pointer, part), stride: 1 }, () => this.get(vector));
    }
    return this;
  }

  #gathered(dtype: DType, ahead: number): number {
    const bits = 8 * WIDTH[dtype];
    const lanes = lanesOf(dtype);
    return this.#kept(() => {
      for (let lane = lanes - 1; lane >= 0; lane--) this.cell(ahead + lane);
      this.emit(bits === 8 ? "v128.load8_splat" : `v128.load${bits}_zero`);
      for (let lane = 1; lane < lanes; lane++) this.emit(`v128.load${bits}_lane`, 0, lane);
      if (dtype !== "bool") return;
      this.emit("i16x8.extend_low_i8x16_u").emit("i32x4.extend_low_i16x8_u");
      this.i32x4(0, 0, 0, 0).emit("i32x4.ne");
    });
  }

  /** A local for the vector that `push` pushes. */
  #kept(push: () => void): number {
    const vector = this.local("v128");
    push();
    this.set(vector);
    return vector;
  }
}

const lanesOf = (dtype: DType): 2 | 4 => (dtype === "float64" ? 2 : 4);

const parts = (dtype: DType): number[] => (dtype === "float64" ? [0, 1] : [0]);

const placeOf = (dtype: DType, pointer: number, part: number): Omit<Place, "stride"> => {
  const lanes = lanesOf(dtype);
  return { dtype, pointer, bytes: 16 * part, count: lanes, lanes };
};
