import { type Buffer, POSITIONS } from "../buffer.js";
import type { Fold, Nest, Stage } from "../fuse/nest.js";
import { LaneEmitter } from "../lanes/emit.js";
import type { Expression } from "../lanes/expression.js";
import type { Generation } from "../program.js";
import { Code } from "../wasm/code.js";
import { load, type Place, store } from "./access.js";
import { Accumulator } from "./accumulator.js";
import type { Kernel } from "./kernel.js";
import { buffersOf, rootsOf, unitsOf, vectorsOf, widthOf } from "./nest-shape.js";
import { Pointers } from "./pointers.js";
import { Positions } from "./positions.js";

const LO = 0;
const HI = 1;
const FIRST_BUFFER = 3;

/** Loops around rows, and vectors along the row. */
export function nestKernel(nest: Nest, generation: Generation): Kernel {
  return new NestWriter(nest, generation).write();
}

class NestWriter {
  readonly #code: Code;
  readonly #emitter: LaneEmitter;
  readonly #pointers: Pointers;
  readonly #positions: Positions;
  readonly #vectors: number;
  readonly #columns: number;
  readonly #bound = new Set<Expression>();
  #scratch = 0;

  constructor(
    readonly nest: Nest,
    readonly generation: Generation,
  ) {
    const { sides, lanes, accesses, stages } = nest;
    const buffers = buffersOf(nest);
    const params = Array.from({ length: FIRST_BUFFER + buffers.length }, () => "i32" as const);
    this.#code = new Code({ params, results: [] });
    this.#columns = sides.at(-1)!;
    this.#vectors = vectorsOf(nest);
    const host = generation.host;
    this.#emitter = new LaneEmitter(this.#code, { lanes, vectors: this.#vectors, host });
    this.#emitter.hoist(stages.flatMap(rootsOf));
    const counted = accesses.filter(({ buffer }) => buffer === POSITIONS);
    this.#positions = new Positions(
      this.#code,
      counted.map(({ strides }) => strides.at(-1)!),
    );
    const origin = this.#code.local("i32");
    this.#pointers = new Pointers(
      this.#code,
      accesses.map(({ buffer, offset, strides }) => ({
        parameter: buffer === POSITIONS ? origin : FIRST_BUFFER + buffers.indexOf(buffer),
        offset: offset * widthOf(buffer),
        strides: strides.map((stride) => stride * widthOf(buffer)),
      })),
    );
  }

  write(): Kernel {
    const { sides } = this.nest;
    const isFlat = sides.length === 1;
    const units = unitsOf(this.nest);
    if (units !== undefined) {
      this.#enter(0);
      this.#flat();
      return { code: this.#code, units, scratch: this.#scratch };
    }
    this.#enter(0);
    if (isFlat) {
      // One row is one unit: it runs if the first is asked for.
      this.#code.get(LO).emit("i32.eqz").get(HI).emit("i32.and");
      this.#code.if(() => this.#row());
    } else this.#loop(0);
    return { code: this.#code, units: isFlat ? 1 : sides[0]!, scratch: this.#scratch };
  }

  /** A loop of the nest, and what is in it. */
  #loop(depth: number): void {
    const { sides } = this.nest;
    const counter = this.#code.local("i32");
    const code = this.#code;
    if (depth === 0) code.get(LO).set(counter);
    else code.i32(0).set(counter);
    this.#pointers.enter(depth, depth === 0 ? counter : undefined);
    const limit = () => (depth === 0 ? code.get(HI) : code.i32(sides[depth]!));
    code.forUpTo(counter, limit, 1, () => {
      this.#enter(depth + 1);
      if (depth + 2 === sides.length) this.#row();
      else this.#loop(depth + 1);
      this.#pointers.advance(depth);
    });
  }

  /** Loads what is fixed from here on. */
  #enter(depth: number): void {
    const { accesses, rowLoads, stages } = this.nest;
    let isNew = false;
    for (const { access, input } of [...rowLoads, ...stages.flatMap(({ loads }) => loads)]) {
      const { strides, buffer } = accesses[access]!;
      const level = 1 + strides.findLastIndex((stride) => stride !== 0);
      const isRow = level < this.nest.sides.length;
      if (this.#bound.has(input) || !isRow || level !== depth) continue;
      const vector = this.#code.local("v128");
      this.#load(buffer, this.#place(buffer, this.#pointers.at(access), 0, 0));
      this.#code.set(vector);
      this.#bind(input, vector);
      isNew = true;
    }
    if (isNew) this.#emitter.hoist(stages.flatMap(rootsOf));
  }

  #bind(input: Expression, vector: number): void {
    this.#emitter.bind(input, [vector]);
    this.#bound.add(input);
  }

  #flat(): void {
    const [stage] = this.nest.stages;
    const counter = this.#code.local("i32");
    const code = this.#code;
    code.get(LO).set(counter);
    const step = this.#vectors * this.nest.lanes;
    this.#pointers.walk(this.#accessesOf(stage!), step, counter);
    const body = () => this.#vectorsAt(this.#emitter.fork(), stage!, this.#fullCounts(), []);
    code.forUpTo(
      counter,
      () => code.get(HI),
      1,
      () => {
        body();
        this.#pointers.step(step);
      },
    );
  }

  #row(): void {
    for (const [at, stage] of this.nest.stages.entries()) {
      // What the folds before have made known.
      if (at > 0) this.#emitter.hoist(rootsOf(stage));
      if (stage.folds.length + stage.stores.length > 0) this.#stage(stage);
      for (const { access, value } of stage.rowStores) {
        const [vector] = this.#emitter.emit(value);
        const { buffer } = this.nest.accesses[access]!;
        const place = { ...this.#place(buffer, this.#pointers.at(access), 0, 1), count: 1 };
        store(this.#code, place, () => this.#code.get(vector!));
      }
    }
  }

  /** One walk along the row. */
  #stage(stage: Stage): void {
    const accumulators = stage.folds.map((fold) => this.#accumulator(fold));
    this.#pointers.walk(this.#accessesOf(stage), this.#vectors * this.nest.lanes);
    for (const own of accumulators) own.begin();
    const block = accumulators.some(({ isBlocked }) => isBlocked) ? BLOCK : this.#columns;
    const blocks = Math.floor(this.#columns / block);
    const inBlock = (length: number) => {
      for (const own of accumulators) own.beginBlock();
      this.#elements(stage, length, accumulators);
      for (const own of accumulators) own.endBlock();
    };
    this.#code.repeat(blocks, () => inBlock(block));
    if (this.#columns % block > 0) inBlock(this.#columns % block);
    for (const [i, own] of accumulators.entries()) {
      this.#bind(stage.folds[i]!.result, own.end());
    }
  }

  #accumulator(fold: Fold): Accumulator {
    const blocks = Math.ceil(this.#columns / BLOCK);
    const own = new Accumulator(this.#code, fold, {
      lanes: this.nest.lanes,
      vectors: this.#vectors,
      scratch: this.#scratch,
      blocks,
      generation: this.generation,
    });
    if (own.isBlocked) this.#scratch += 8 * blocks;
    return own;
  }

  /** The next `length` elements of the row. */
  #elements(stage: Stage, length: number, accumulators: readonly Accumulator[]): void {
    const { lanes } = this.nest;
    const step = this.#vectors * lanes;
    this.#code.repeat(Math.floor(length / step), () => {
      this.#vectorsAt(this.#emitter.fork(), stage, this.#fullCounts(), accumulators);
      this.#pointers.step(step);
    });
    const rest = length % step;
    if (rest === 0) return;
    const counts = Array.from({ length: Math.ceil(rest / lanes) }, (_, v) =>
      Math.min(lanes, rest - v * lanes),
    );
    this.#vectorsAt(this.#emitter.fork(counts.length), stage, counts, accumulators);
  }

  #fullCounts = (): number[] => new Array<number>(this.#vectors).fill(this.nest.lanes);

  /** Some neighbouring vectors of the row, each of which uses so many lanes. */
  #vectorsAt(
    emitter: LaneEmitter,
    { loads, folds, stores }: Stage,
    counts: readonly number[],
    accumulators: readonly Accumulator[],
  ): void {
    const { accesses, lanes } = this.nest;
    const placeOf = (access: number, vector: number) => {
      const { buffer, strides } = accesses[access]!;
      const step = strides.at(-1)!;
      const place = this.#place(
        buffer,
        this.#pointers.walking(access),
        vector * lanes * step,
        step,
      );
      return { ...place, count: counts[vector]! };
    };
    for (const { access, input } of loads) {
      if (this.#bound.has(input)) continue;
      const vectors = counts.map((_, vector) => {
        const local = this.#code.local("v128");
        this.#load(accesses[access]!.buffer, placeOf(access, vector));
        this.#code.set(local);
        return local;
      });
      emitter.bind(input, vectors);
    }
    for (const { access, value } of stores) {
      const vectors = emitter.emit(value);
      for (const vector of counts.keys()) {
        store(this.#code, placeOf(access, vector), () => {
          this.#code.get(vectors[vector] ?? vectors[0]!);
        });
      }
    }
    for (const [i, { of }] of folds.entries()) {
      const vectors = emitter.emit(of);
      for (const [vector, count] of counts.entries()) {
        accumulators[i]!.add(vector, vectors[vector] ?? vectors[0]!, count);
      }
    }
  }

  #accessesOf({ loads, stores }: Stage): number[] {
    const moving = loads.filter(({ input }) => !this.#bound.has(input));
    return [...new Set([...moving, ...stores].map(({ access }) => access))];
  }

  #load(buffer: Buffer, place: Place): void {
    if (buffer === POSITIONS) this.#positions.push(place);
    else load(this.#code, place);
  }

  #place(buffer: Buffer, pointer: number, elements: number, stride: number) {
    const { dtype } = buffer.spec;
    const { lanes } = this.nest;
    const bytes = elements * widthOf(buffer);
    return { dtype, pointer, bytes, stride, count: lanes, lanes };
  }
}

const BLOCK = 256;
