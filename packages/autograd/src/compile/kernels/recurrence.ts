import type { DType } from "../../dtype.js";
import { LaneEmitter } from "../lanes/emit.js";
import { Expression } from "../lanes/expression.js";
import type { LoopAxis } from "../layout.js";
import type { Generation } from "../program.js";
import { Code } from "../wasm/code.js";
import { load, type Place, store, WIDTH } from "./access.js";
import type { Kernel } from "./kernel.js";
import { loopsAround } from "./loops.js";
import { Pointers } from "./pointers.js";

/** Recurrences side by side. All strides are those of the result, the factors and the terms. */
export interface Recurrence {
  readonly dtype: DType;
  readonly outer: readonly LoopAxis[];
  /** The neighbours that share vectors. */
  readonly beside: LoopAxis;
  readonly steps: LoopAxis;
}

const [OUT, FACTORS, TERMS] = [0, 1, 2] as const;
const FIRST_BUFFER = 3;
const VECTORS = 2;
const ONCE: LoopAxis = { side: 1, strides: [0, 0, 0] };

/** h[t] = a[t]·h[t−1] + b[t] for the buffers (out, a, b), a vector of states at a time. */
export function recurrenceKernel(task: Recurrence, generation: Generation): Kernel {
  return new RecurrenceWriter(task, generation).write();
}

class RecurrenceWriter {
  readonly #code = new Code({ params: ["i32", "i32", "i32", "i32", "i32", "i32"], results: [] });
  readonly #emitter: LaneEmitter;
  readonly #lanes: 2 | 4;
  readonly #factor: Expression;
  readonly #term: Expression;
  readonly #state: Expression;
  readonly #next: Expression;

  constructor(
    readonly task: Recurrence,
    { host }: Generation,
  ) {
    const { dtype } = task;
    // Integers wrap around at each step; floats are carried in float64.
    const carried = dtype === "int32" ? dtype : "float64";
    this.#lanes = dtype === "float64" ? 2 : 4;
    this.#factor = Expression.input(dtype, FACTORS);
    this.#term = Expression.input(dtype, TERMS);
    this.#state = Expression.input(carried, OUT);
    const [a, h, b] = [this.#factor, this.#state, this.#term].map((x) => x.convert("float64"));
    this.#next = a!.mul(h!).add(b!).convert(carried);
    this.#emitter = new LaneEmitter(this.#code, { lanes: this.#lanes, vectors: VECTORS, host });
    this.#emitter.hoist([this.#next, this.#state.convert(dtype)]);
  }

  write(): Kernel {
    const { outer, beside } = this.task;
    const around = outer.length > 0 ? outer : [ONCE];
    const code = this.#code;
    const pointers = new Pointers(
      code,
      [OUT, FACTORS, TERMS].map((i) => ({
        parameter: FIRST_BUFFER + i,
        offset: 0,
        strides: around.map(({ strides }) => this.#bytes(strides[i]!)),
      })),
    );
    const chunk = VECTORS * this.#lanes;
    const counter = code.local("i32");
    const at = this.#locals();
    loopsAround(
      code,
      around.map(({ side }) => side),
      pointers,
      () => {
        for (const [i, local] of at.entries()) code.get(pointers.at(i)).set(local);
        code.i32(0).set(counter);
        code.forUpTo(
          counter,
          () => code.i32(Math.floor(beside.side / chunk)),
          1,
          () => {
            this.#run(at, chunk);
            this.#advance(at, beside, chunk);
          },
        );
        if (beside.side % chunk > 0) this.#run(at, beside.side % chunk);
      },
    );
    return { code, units: around[0]!.side, scratch: 0 };
  }

  /** All steps of some neighbours. */
  #run(from: readonly number[], count: number): void {
    const { steps } = this.task;
    const code = this.#code;
    const counts = Array.from({ length: Math.ceil(count / this.#lanes) }, (_, vector) =>
      Math.min(this.#lanes, count - vector * this.#lanes),
    );
    const at = this.#locals();
    for (const [i, local] of at.entries()) code.get(from[i]!).set(local);
    const first = this.#emitter.fork(counts.length);
    first.bind(this.#term, this.#load(TERMS, at, counts));
    const state = first.emit(this.#term.convert(this.#state.dtype)).map((vector) => {
      const local = code.local("v128");
      code.get(vector).set(local);
      return local;
    });
    first.bind(this.#state, state);
    this.#store(first, at, counts);
    const counter = code.local("i32");
    code.i32(1).set(counter);
    code.forUpTo(
      counter,
      () => code.i32(steps.side),
      1,
      () => {
        this.#advance(at, steps, 1);
        const step = this.#emitter.fork(counts.length);
        step.bind(this.#state, state);
        step.bind(this.#factor, this.#load(FACTORS, at, counts));
        step.bind(this.#term, this.#load(TERMS, at, counts));
        for (const [i, vector] of step.emit(this.#next).entries()) code.get(vector).set(state[i]!);
        const after = this.#emitter.fork(counts.length);
        after.bind(this.#state, state);
        this.#store(after, at, counts);
      },
    );
  }

  #load(array: number, at: readonly number[], counts: readonly number[]): number[] {
    return counts.map((count, vector) => {
      load(this.#code, this.#place(array, at, vector, count));
      const local = this.#code.local("v128");
      this.#code.set(local);
      return local;
    });
  }

  #store(emitter: LaneEmitter, at: readonly number[], counts: readonly number[]): void {
    const vectors = emitter.emit(this.#state.convert(this.task.dtype));
    for (const [vector, count] of counts.entries()) {
      const push = () => this.#code.get(vectors[vector]!);
      store(this.#code, this.#place(OUT, at, vector, count), push);
    }
  }

  #place(array: number, at: readonly number[], vector: number, count: number): Place {
    const { dtype, beside } = this.task;
    const stride = beside.strides[array]!;
    const lanes = this.#lanes;
    const bytes = this.#bytes(vector * lanes * stride);
    return { dtype, pointer: at[array]!, bytes, stride, count, lanes };
  }

  #advance(at: readonly number[], { strides }: LoopAxis, count: number): void {
    for (const [i, local] of at.entries()) {
      const bytes = this.#bytes(strides[i]! * count);
      if (bytes !== 0) this.#code.get(local).i32(bytes).emit("i32.add").set(local);
    }
  }

  #locals = (): number[] => [OUT, FACTORS, TERMS].map(() => this.#code.local("i32"));

  #bytes = (elements: number): number => elements * WIDTH[this.task.dtype];
}
