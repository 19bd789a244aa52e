import type { DType } from "../../dtype.js";
import type { Instruction, Instructions } from "./instruction.js";

/** A value: one vector, or two for float64 in a kernel of four lanes, low lanes first. */
export type Parts = readonly Instruction[];

/** The words 0 and 2 of both vectors. */
const EVEN = [0, 4].flatMap((word) => [word, word + 2]).flatMap(wordAt);
/** The low halves of both vectors. */
const LOW = [0, 1, 4, 5].flatMap(wordAt);
/** The high half of the first vector, twice. */
const HIGH = [2, 3, 2, 3].flatMap(wordAt);

function wordAt(word: number): number[] {
  return [0, 1, 2, 3].map((byte) => 4 * word + byte);
}

/**
 * How values of 32 and 64 bits meet in the lanes of a kernel. Masks are as wide as the lanes. In a
 * kernel of two lanes, values of 32 bits are in the low lanes of a vector.
 */
export class Width {
  constructor(
    readonly lanes: 2 | 4,
    readonly pool: Instructions,
  ) {}

  /** How many vectors a value takes. */
  partsOf(dtype: DType): number {
    return this.lanes === 4 && dtype === "float64" ? 2 : 1;
  }

  /** The answers to a question about numbers of a dtype as one mask of the kernel. */
  toMask(answers: Parts, dtype: DType): Instruction {
    const [low, high] = answers as readonly [Instruction, Instruction?];
    if (high) return this.pool.shuffle(low, high, EVEN);
    return this.lanes === 4 || dtype === "float64" ? low : this.#extended(low, "low");
  }

  /** A mask of the kernel as masks for the parts of a dtype. */
  maskFor(mask: Instruction, dtype: DType): Parts {
    if (dtype === "bool" || (this.lanes === 2) === (dtype === "float64")) return [mask];
    if (this.lanes === 4) return [this.#extended(mask, "low"), this.#extended(mask, "high")];
    const isExtended = mask.name === "i64x2.extend_low_i32x4_s";
    return isExtended ? mask.inputs : [this.pool.shuffle(mask, mask, EVEN)];
  }

  /** 32-bit masks for 64-bit lanes. */
  #extended(mask: Instruction, half: "low" | "high"): Instruction {
    const isShuffle = mask.name === "i8x16.shuffle" && `${mask.immediates}` === `${EVEN}`;
    if (isShuffle) return mask.inputs[half === "low" ? 0 : 1]!;
    return this.pool.make(`i64x2.extend_${half}_i32x4_s`, [mask]);
  }

  /** Takes values of 32 bits to float64 by an instruction for the low lanes. */
  widened(x: Instruction, instruction: string): Parts {
    const low = this.pool.make(instruction, [x]);
    if (this.lanes === 2) return [low];
    return [low, this.pool.make(instruction, [this.pool.shuffle(x, x, HIGH)])];
  }

  /** Takes float64 values to 32 bits by an instruction that leaves them in the low lanes. */
  narrowed(x: Parts, instruction: string): Parts {
    const [low, high] = x.map((part) => this.pool.make(instruction, [part]));
    return [high ? this.pool.shuffle(low!, high, LOW) : low!];
  }
}
