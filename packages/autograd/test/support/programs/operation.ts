import type { Tensor } from "../../../src/index.js";
import type { Value } from "./value.js";

/** One call in a program: which values it takes, and what it does, told twice. */
export interface Call {
  readonly args: readonly number[];
  /** What it is besides its name, for reading. */
  readonly note?: string;
  /** With the library. */
  run(x: readonly Tensor[]): Tensor;
  /** In plain numbers: nothing in common with the library. It throws where that has to. */
  mean(x: readonly Value[]): Value;
}

/** What a program may call: it looks at the values so far and makes choices. */
export interface Operation {
  readonly name: string;
  /** A call, or null if there is nothing that it could take. */
  plan(choices: Choices): Call | null;
}

/** The values so far, and a list of numbers to choose by: the same ones choose the same. */
export class Choices {
  #next = 0;

  constructor(
    readonly values: readonly Value[],
    readonly numbers: readonly number[],
    /** Keeps numbers small and away from kinks and poles, so that differences mean something. */
    readonly isTame: boolean,
    /** Once in a while arguments are taken as they come, legal or not. */
    readonly isCareless: boolean,
  ) {}

  /** A whole number from 0 to below the bound. */
  below(bound: number): number {
    return (this.numbers[this.#next++] ?? 0) % Math.max(1, bound);
  }

  /** Where some value stands that is asked for; recent ones are more likely. */
  pick(isLegal: (value: Value, at: number) => boolean = () => true): number | null {
    const places = this.values.flatMap((value, at) =>
      this.isCareless || isLegal(value, at) ? [at] : [],
    );
    if (places.length === 0) return null;
    const recent = this.below(3) > 0 ? places.slice(-4) : places;
    return recent[recent.length - 1 - this.below(recent.length)]!;
  }

  /** Floating-point numbers, in the domain of a function if the program is tame. */
  pickFloat(
    domain: (x: number) => boolean = () => true,
    isLegal: (value: Value) => boolean = () => true,
  ): number | null {
    return this.pick(
      (value) =>
        value.dtype === "float64" && isLegal(value) && (!this.isTame || value.data.every(domain)),
    );
  }
}

/** A call of one argument, from how it is picked. */
export const ofOne = (
  name: string,
  pick: (choices: Choices) => number | null,
  make: (
    x: Value,
    choices: Choices,
  ) => { note?: string; run(x: Tensor): Tensor; mean(x: Value): Value } | null,
): Operation => ({
  name,
  plan: (choices) => {
    const at = pick(choices);
    const call = at === null ? null : make(choices.values[at]!, choices);
    if (at === null || !call) return null;
    return {
      args: [at],
      ...(call.note !== undefined && { note: call.note }),
      run: ([x]) => call.run(x!),
      mean: ([x]) => call.mean(x!),
    };
  },
});
