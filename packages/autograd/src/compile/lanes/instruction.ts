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
}

/** Makes instructions, equal ones only once. */
export class Instructions {
  readonly #known = new Map<string, Instruction>();
  readonly #numbers = new Map<Instruction | HostFunction, number>();

  make(
    name: string,
    inputs: readonly Instruction[] = [],
    immediates: readonly number[] = [],
    calls?: Calls,
  ): Instruction {
    const operands = inputs.map((input) => this.#number(input));
    if (COMMUTATIVE.test(name)) operands.sort((a, b) => a - b);
    const host = calls?.host && this.#number(calls.host);
    const key = [name, operands, immediates, calls?.dtype, calls?.part, host].join(" ");
    const known = this.#known.get(key);
    if (known) return known;
    const needed = name === "guarded" ? inputs.slice(1) : inputs;
    const isSlow = name === "perLane" || needed.some((input) => input.isSlow);
    const made = { name, inputs, immediates, calls, isSlow };
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

  #number(x: Instruction | HostFunction): number {
    const known = this.#numbers.get(x);
    if (known !== undefined) return known;
    this.#numbers.set(x, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

const COMMUTATIVE = /^(v128|f\d+x\d|i\d+x\d)\.(add|mul|min|max|min_s|max_s|and|or|xor|eq|ne)$/;
