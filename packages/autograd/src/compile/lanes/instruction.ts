import type { DType } from "../../dtype.js";
import { constantBytes, wordBytes } from "./bytes.js";
import type { HostFunction } from "./expression.js";

/** Which lanes a call for each lane is about: those of a vector, one part of a value. */
export interface Calls {
  readonly dtype: DType;
  readonly part: number;
  readonly host?: HostFunction;
}

/**
 * One vector instruction and what it works on, by its name in the text format; or `input` (a value
 * that is bound), `perLane` (calls of the host), `guarded` (a bitselect, the first side of which is
 * computed only if a lane takes it).
 */
export interface Instruction {
  readonly name: string;
  readonly inputs: readonly Instruction[];
  /** Numbers inside the instruction: bytes of a constant or a shuffle, the distance of a shift. */
  readonly immediates: readonly number[];
  readonly calls: Calls | undefined;
  /** Whether computing it calls the host whatever the lanes hold. */
  readonly isSlow: boolean;
  /** Its place among those that were made. */
  readonly number: number;
}

/** Makes instructions, equal ones only once. */
export class Instructions {
  readonly #known = new Map<string, Instruction>();
  readonly #hosts: HostFunction[] = [];

  make(
    name: string,
    inputs: readonly Instruction[] = [],
    immediates: readonly number[] = [],
    calls?: Calls,
  ): Instruction {
    const key = this.#keyOf(name, inputs, immediates, calls);
    const known = this.#known.get(key);
    if (known) return known;
    const needed = name === "guarded" ? inputs.slice(1) : inputs;
    const isSlow = name === "perLane" || needed.some((input) => input.isSlow);
    const made = { name, inputs, immediates, calls, isSlow, number: this.#known.size };
    this.#known.set(key, made);
    return made;
  }

  /** The number in every lane; for bool, all bits of it. */
  constant(dtype: DType, value: number): Instruction {
    return this.make("v128.const", [], constantBytes(dtype, value));
  }

  /** The integer whose high word is given, in both lanes of 64 bits. */
  word(high: number): Instruction {
    return this.make("v128.const", [], wordBytes(high));
  }

  shuffle(a: Instruction, b: Instruction, bytes: readonly number[]): Instruction {
    return this.make("i8x16.shuffle", [a, b], bytes);
  }

  /** A text for each instruction: kernels have hundreds, so it is put together without lists. */
  #keyOf(
    name: string,
    inputs: readonly Instruction[],
    immediates: readonly number[],
    calls: Calls | undefined,
  ): string {
    let key = name;
    if (inputs.length === 2 && inputs[0]!.number > inputs[1]!.number && isCommutative(name)) {
      key += ` ${inputs[1]!.number} ${inputs[0]!.number}`;
    } else for (const { number } of inputs) key += ` ${number}`;
    if (immediates.length > 0) key += `:${immediates}`;
    return calls ? `${key} ${calls.dtype} ${calls.part} ${this.#hostNumber(calls.host)}` : key;
  }

  #hostNumber(host: HostFunction | undefined): number {
    if (!host) return -1;
    const known = this.#hosts.indexOf(host);
    return known < 0 ? this.#hosts.push(host) - 1 : known;
  }
}

const COMMUTATIVE = new Set("add mul min max min_s max_s and or xor eq ne".split(" "));

const isCommutative = (name: string): boolean => COMMUTATIVE.has(name.slice(name.indexOf(".") + 1));
