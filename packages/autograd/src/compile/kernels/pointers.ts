import type { Code } from "../wasm/code.js";

/** How an address moves through a nest of loops, in bytes. */
interface Route {
  readonly parameter: number;
  readonly offset: number;
  /** For each loop, the row last. */
  readonly strides: readonly number[];
}

/** The addresses of a nest: one local for each access and each loop that moves it. */
export class Pointers {
  /** For each access, the local at each depth. */
  readonly #locals: number[][];
  readonly #walking = new Map<number, number>();

  constructor(
    readonly code: Code,
    readonly routes: readonly Route[],
  ) {
    this.#locals = routes.map(({ parameter, offset }) => {
      if (offset === 0) return [parameter];
      const base = code.local("i32");
      code.get(parameter).i32(offset).emit("i32.add").set(base);
      return [base];
    });
  }

  /** The address of an access where the loops stand, at the beginning of the row. */
  at(access: number): number {
    return this.#locals[access]!.at(-1)!;
  }

  /** Sets out on a loop, from 0 or from what a counter says. */
  enter(depth: number, counter?: number): void {
    for (const [i, { strides }] of this.routes.entries()) {
      const outside = this.#locals[i]![depth]!;
      if (strides[depth] === 0) {
        this.#locals[i]![depth + 1] = outside;
        continue;
      }
      const own = this.code.local("i32");
      this.#locals[i]![depth + 1] = own;
      this.#start(own, outside, strides[depth]!, counter);
    }
  }

  /** The next turn of a loop. */
  advance(depth: number): void {
    for (const [i, { strides }] of this.routes.entries()) {
      this.#locals[i]!.length = depth + 2;
      if (strides[depth] !== 0) this.#move(this.#locals[i]![depth + 1]!, strides[depth]!);
    }
  }

  /** Sets out along the row with some accesses, from its beginning or from a count of steps. */
  walk(accesses: readonly number[], elements: number, counter?: number): void {
    this.#walking.clear();
    for (const access of accesses) {
      const step = this.routes[access]!.strides.at(-1)!;
      const own = this.code.local("i32");
      this.#start(own, this.at(access), step * elements, counter);
      this.#walking.set(access, own);
    }
  }

  /** The address of an access along the row. */
  walking(access: number): number {
    return this.#walking.get(access)!;
  }

  /** Goes on along the row. */
  step(elements: number): void {
    for (const [access, local] of this.#walking) {
      const step = this.routes[access]!.strides.at(-1)!;
      if (step !== 0) this.#move(local, step * elements);
    }
  }

  #start(own: number, from: number, stride: number, counter: number | undefined): void {
    this.code.get(from);
    if (counter !== undefined) {
      this.code.get(counter).i32(stride).emit("i32.mul").emit("i32.add");
    }
    this.code.set(own);
  }

  #move(local: number, bytes: number): void {
    this.code.get(local).i32(bytes).emit("i32.add").set(local);
  }
}
