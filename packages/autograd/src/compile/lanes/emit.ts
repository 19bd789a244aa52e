import type { Code } from "../wasm/code.js";
import { concerns, emitCalls, type Taken } from "./calls.js";
import type { Expression, HostFunction } from "./expression.js";
import type { Calls, Instruction } from "./instruction.js";
import { inOrder } from "./order.js";
import { Selector } from "./select.js";

export interface LaneOptions {
  /** Lanes of a vector: 4 of 32 bits, or 2 of 64. */
  readonly lanes: 2 | 4;
  /** How many vectors are worked on in turn, so that none has to wait for itself. */
  readonly vectors: number;
  /** The index of the import for a function, which takes and gives float64. */
  host(f: HostFunction): number;
}

/** One local for each vector, or one alone where it is the same in all. */
type Locals = readonly number[];

/**
 * Writes the code of expressions, what is equal only once. A value is a v128 local for each vector.
 * In a kernel of two lanes, values of 32 bits are in the low lanes; in one of four, a float64 takes
 * two locals for each vector, low lanes first. A bool is a mask as wide as the lanes.
 */
export class LaneEmitter {
  readonly #selector: Selector;
  readonly #known: Map<Instruction, Locals>;
  readonly #taken: Taken | undefined;

  constructor(
    readonly code: Code,
    readonly options: LaneOptions,
    parent?: LaneEmitter,
    taken?: Taken,
  ) {
    this.#selector = parent ? parent.#selector : new Selector(options.lanes);
    const known = parent ? [...parent.#known] : [];
    const isShared = options.vectors === parent?.options.vectors;
    this.#known = new Map(known.filter(([, locals]) => isShared || locals.length === 1));
    this.#taken = taken;
  }

  /** Says where an input is: in locals for each vector, or for one where it is the same in all. */
  bind(input: Expression, locals: readonly number[]): void {
    const parts = this.#selector.select(input);
    const own = (part: number) => locals.filter((_, i) => i % parts.length === part);
    for (const [i, part] of parts.entries()) this.#known.set(part, own(i));
  }

  /**
   * Computes what is the same in all rounds of a loop: constants, and what depends on nothing but
   * inputs that are bound, each the same in all vectors.
   */
  hoist(roots: readonly Expression[]): void {
    const order = this.#missing(roots.flatMap((root) => this.#selector.select(root)));
    const fixed = new Set<Instruction>();
    const isFixed = (x: Instruction) => fixed.has(x) || this.#known.get(x)?.length === 1;
    for (const x of order) if (x.name !== "input" && x.inputs.every(isFixed)) fixed.add(x);
    this.#write([...fixed]);
  }

  /** Computes what is not yet known of a value; its locals, vector by vector. */
  emit(x: Expression): readonly number[] {
    const parts = this.#selector.select(x);
    this.#write(parts);
    return Array.from({ length: this.options.vectors }, (_, vector) =>
      parts.map((part) => this.#local(part, vector)),
    ).flat();
  }

  /** An emitter that knows the same, and keeps what it finds out to itself. */
  fork(vectors = this.options.vectors): LaneEmitter {
    return new LaneEmitter(this.code, { ...this.options, vectors }, this, this.#taken);
  }

  #local(x: Instruction, vector: number): number {
    const locals = this.#known.get(x)!;
    return locals[vector] ?? locals[0]!;
  }

  /** What is to be computed first, and does not wait behind a guard. */
  #needs = (x: Instruction): readonly Instruction[] =>
    this.#isGuard(x) ? x.inputs.slice(1) : x.inputs;

  #isGuard = (x: Instruction) => x.name === "guarded" && !this.#known.has(x.inputs[0]!);

  #missing(roots: readonly Instruction[]): Instruction[] {
    return inOrder(roots, this.#needs, (x) => this.#known.has(x));
  }

  #write(roots: readonly Instruction[]): void {
    for (const x of this.#missing(roots)) this.#known.set(x, this.#compute(x));
  }

  #compute(x: Instruction): Locals {
    if (this.#isGuard(x)) return this.#guard(x);
    const count = x.inputs.some((input) => this.#known.get(input)!.length > 1)
      ? this.options.vectors
      : 1;
    return Array.from({ length: count }, (_, vector) => {
      const operands = x.inputs.map((input) => this.#local(input, vector));
      return x.name === "perLane"
        ? this.#call(operands, x.calls!, vector)
        : this.#instruct(operands, x);
    });
  }

  #instruct(operands: readonly number[], { name, immediates }: Instruction): number {
    const { code } = this;
    for (const operand of operands) code.get(operand);
    if (name === "guarded") code.emit("v128.bitselect");
    else if (SHIFT.test(name)) code.i32(immediates[0]!).emit(name);
    else code.emit(name, ...immediates);
    const local = code.local("v128");
    code.set(local);
    return local;
  }

  #call(operands: readonly number[], calls: Calls, vector: number): number {
    const { lanes, host } = this.options;
    const taken = this.#taken && concerns(this.#taken.of, calls) ? this.#taken.masks : [];
    return emitCalls(this.code, operands, {
      dtype: calls.dtype,
      lanes: calls.dtype === "float64" ? 2 : lanes,
      host: host(calls.host!),
      mask: taken[vector] ?? taken[0],
    });
  }

  /** Computes the slow side only if a lane takes it. */
  #guard(x: Instruction): Locals {
    const { code } = this;
    const [slow, fast, mask] = x.inputs as readonly [Instruction, Instruction, Instruction];
    const count = this.#isSameInAll(x) ? 1 : this.options.vectors;
    const results = Array.from({ length: count }, (_, vector) => {
      const result = code.local("v128");
      code.get(this.#local(fast, vector)).set(result);
      return result;
    });
    const masks = this.#known.get(mask)!;
    for (const [i, local] of masks.entries()) {
      code.get(local);
      if (i > 0) code.emit("v128.or");
    }
    code.emit("v128.any_true").if(() => {
      const inside = new LaneEmitter(code, this.options, this, { of: x.calls!, masks });
      inside.#write([slow]);
      for (const [vector, result] of results.entries()) {
        code.get(inside.#local(slow, vector)).get(result).get(this.#local(mask, vector));
        code.emit("v128.bitselect").set(result);
      }
    });
    return results;
  }

  #isSameInAll(x: Instruction): boolean {
    const missing = inOrder(
      [x],
      ({ inputs }) => inputs,
      (input) => this.#known.has(input),
    );
    const isSame = (input: Instruction) => (this.#known.get(input)?.length ?? 1) === 1;
    return missing.every(({ inputs }) => inputs.every(isSame));
  }
}

const SHIFT = /\.sh(l|r_[su])$/;
