import type { DType } from "../../dtype.js";
import { WIDTH } from "../kernels/access.js";
import type { Chains } from "./chains.js";
import { dtypeOf, type Flat, OPERANDS } from "./flat.js";
import { BLOCK } from "./tape.js";

/** Where values are kept: the places in bytes, one after the other as they are asked for. */
export class Cells {
  bytes = 0;
  readonly #place: Int32Array;

  constructor(readonly flat: Flat) {
    this.#place = new Int32Array(flat.size).fill(-1);
  }

  at(value: number): number {
    return this.#place[value]!;
  }

  /** Places values of one dtype side by side, in whole blocks. */
  add(values: ArrayLike<number>, dtype: DType): void {
    const width = WIDTH[dtype];
    for (let i = 0; i < values.length; i++) this.#place[values[i]!] = this.bytes + i * width;
    const blocks = Math.ceil(values.length / BLOCK);
    this.bytes += 16 * Math.ceil((blocks * BLOCK * width) / 16); // vectors stay aligned
  }

  /** Places given values, those of each dtype together. */
  addGiven(values: readonly number[]): void {
    for (const dtype of DTYPES) {
      this.add(
        values.filter((at) => dtypeOf(this.flat, at) === dtype),
        dtype,
      );
    }
  }
}

const DTYPES: readonly DType[] = ["float64", "float32", "int32", "bool"];

/** 1 for the values that some step takes, or an output. */
export function takenBy({ size, operands, outputs }: Flat, chains: Chains): Uint8Array {
  const { computed, count, start, initial, left, right } = chains;
  const taken = new Uint8Array(size);
  const take = (value: number) => {
    if (value >= 0) taken[value] = 1;
  };
  for (const at of outputs) take(at);
  for (let at = 0; at < size; at++) {
    if (computed[at] === 0) continue;
    if (count[at] === 0) {
      for (let i = at * OPERANDS; i < (at + 1) * OPERANDS; i++) take(operands[i]!);
      continue;
    }
    take(initial[at]!);
    for (let i = start[at]!; i < start[at]! + count[at]!; i++) {
      take(left[i]!);
      take(right[i]!);
    }
  }
  return taken;
}
