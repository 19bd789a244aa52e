import type { Fold } from "../fuse/nest.js";
import type { Generation } from "../program.js";
import type { Code } from "../wasm/code.js";
import { combine, identity, instruction, pairwise, spread } from "./folds.js";

const SCRATCH = 2;

interface Options {
  readonly lanes: 2 | 4;
  readonly vectors: number;
  /** Where in the scratch memory the sums of blocks may lie. */
  readonly scratch: number;
  readonly blocks: number;
  readonly generation: Generation;
}

/** How many vectors of partial results: a sum has those of eight lanes, by definition. */
function partials({ kind }: Fold, { lanes, vectors }: Options): number {
  if (kind === "prod") return 1;
  return kind === "sum" ? 8 / lanes : vectors;
}

/** The vectors that a row is folded into, in the order that numerics/sum.ts defines. */
export class Accumulator {
  /** Whether blocks of 256 are summed by themselves, and then pairwise. */
  readonly isBlocked: boolean;
  readonly #vectors: readonly number[];
  #next = 0;

  constructor(
    readonly code: Code,
    readonly fold: Fold,
    readonly options: Options,
  ) {
    const count = partials(fold, options);
    this.#vectors = Array.from({ length: count }, () => code.local("v128"));
    this.isBlocked = fold.kind === "sum" && options.blocks > 1;
  }

  begin(): void {
    if (this.isBlocked) {
      this.#next = this.code.local("i32");
      this.code.get(SCRATCH).i32(this.options.scratch).emit("i32.add").set(this.#next);
    } else this.#clear();
  }

  beginBlock(): void {
    if (this.isBlocked) this.#clear();
  }

  /** Folds in the lanes of a vector that are in use. */
  add(vector: number, value: number, count: number): void {
    const { code, fold } = this;
    if (fold.kind === "prod") {
      this.#multiply(value, count);
      return;
    }
    const own = this.#vectors[vector % this.#vectors.length]!;
    code.get(own).get(value);
    if (count < this.options.lanes) {
      identity(code, fold.kind, fold.dtype);
      this.#used(count);
      code.emit("v128.bitselect");
    }
    code.emit(instruction(fold.kind, fold.dtype)).set(own);
  }

  endBlock(): void {
    if (!this.isBlocked) return;
    const { code, fold } = this;
    const total = combine(code, this.#vectors, { ...fold, lanes: this.options.lanes });
    const width = this.#width;
    code
      .get(this.#next)
      .get(total)
      .emit(`v128.store${8 * width}_lane`, 0, 0);
    code.get(this.#next).i32(width).emit("i32.add").set(this.#next);
  }

  /** The result, in every lane of a vector. */
  end(): number {
    const { code, fold, options } = this;
    const result = code.local("v128");
    if (this.isBlocked) {
      code.get(SCRATCH).i32(options.scratch).emit("i32.add").i32(options.blocks);
      code.emit("call", pairwise(options.generation, fold.dtype)).set(result);
      return result;
    }
    const isSerial = fold.kind === "prod";
    const total = isSerial
      ? this.#vectors[0]!
      : combine(code, this.#vectors, { ...fold, lanes: options.lanes });
    spread(code, total, this.#width).set(result);
    return result;
  }

  get #width(): number {
    return this.fold.dtype === "float64" ? 8 : 4;
  }

  #clear(): void {
    for (const vector of this.#vectors) {
      identity(this.code, this.fold.kind, this.fold.dtype).set(vector);
    }
  }

  /** Lane after lane, in ascending order. */
  #multiply(value: number, count: number): void {
    const { code, fold } = this;
    const [product] = this.#vectors;
    for (let lane = 0; lane < count; lane++) {
      const bytes = Array.from({ length: 16 }, (_, i) => (i + lane * this.#width) % 16);
      code
        .get(product!)
        .get(value)
        .get(value)
        .emit("i8x16.shuffle", ...bytes);
      code.emit(instruction(fold.kind, fold.dtype)).set(product!);
    }
  }

  /** Pushes a mask of the first lanes. */
  #used(count: number): void {
    const words = this.#width / 4;
    const at = (i: number) => (i < count * words ? -1 : 0);
    this.code.i32x4(at(0), at(1), at(2), at(3));
  }
}
