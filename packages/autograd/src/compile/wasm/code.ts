import { float32, float64, signed, signedWide, unsigned } from "./bytes.js";
import { opcode } from "./opcodes.js";

export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128";

/** The types of a function. */
export interface Signature {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

export const TYPES: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
};

/** A place that `br` can name: how many blocks were open around it. */
export interface Label {
  readonly depth: number;
}

const NO_RESULT = 0x40;
const END = 0x0b;
const [LOCAL_GET, LOCAL_SET, LOCAL_TEE, I32_CONST] = [0x20, 0x21, 0x22, 0x41] as const;

/**
 * The body of a function, instruction by instruction in the order of a stack machine. Names are
 * those of the text format; blocks are closures, so that they always end.
 */
export class Code {
  readonly bytes: number[] = [];
  readonly locals: ValueType[] = [];
  #depth = 0;

  constructor(readonly signature: Signature) {}

  /** A new local variable; parameters come first. */
  local(type: ValueType): number {
    this.locals.push(type);
    return this.signature.params.length + this.locals.length - 1;
  }

  /** An instruction with the numbers that follow it. */
  emit(name: string, ...immediates: readonly number[]): this {
    const { code, immediate, align } = opcode(name);
    const { bytes } = this;
    for (let i = 0; i < code.length; i++) bytes.push(code[i]!);
    if (immediate === undefined) return this;
    switch (immediate) {
      case "i32":
        signed(bytes, immediates[0]!);
        break;
      case "i64":
        signedWide(bytes, BigInt(immediates[0]!));
        break;
      case "f32":
        float32(bytes, immediates[0]!);
        break;
      case "f64":
        float64(bytes, immediates[0]!);
        break;
      case "memory":
        unsigned(bytes, align);
        unsigned(bytes, immediates[0] ?? 0);
        break;
      case "memoryLane":
        unsigned(bytes, align);
        unsigned(bytes, immediates[0]!);
        bytes.push(immediates[1]!);
        break;
      case "index":
      case "label":
        unsigned(bytes, immediates[0]!);
        break;
      case "table":
        unsigned(bytes, immediates.length - 1); // the last one is for all other numbers
        for (const label of immediates) unsigned(bytes, label);
        break;
      case "copy":
        bytes.push(0, 0); // from memory 0 to memory 0
        break;
      case "fill":
        bytes.push(0);
        break;
      default:
        // Lanes, block types and vectors are bytes as they stand.
        for (const byte of immediates) bytes.push(byte);
    }
    return this;
  }

  // The four most frequent instructions, without a look into the table.
  get(local: number): this {
    this.bytes.push(LOCAL_GET);
    unsigned(this.bytes, local);
    return this;
  }

  set(local: number): this {
    this.bytes.push(LOCAL_SET);
    unsigned(this.bytes, local);
    return this;
  }

  tee(local: number): this {
    this.bytes.push(LOCAL_TEE);
    unsigned(this.bytes, local);
    return this;
  }

  i32(value: number): this {
    this.bytes.push(I32_CONST);
    signed(this.bytes, value);
    return this;
  }

  /** A vector with the same float32 in each lane. */
  f32x4(value: number): this {
    const lane: number[] = [];
    float32(lane, value);
    return this.emit("v128.const", ...lane, ...lane, ...lane, ...lane);
  }

  /** A vector with the same float64 in each lane. */
  f64x2(value: number): this {
    const lane: number[] = [];
    float64(lane, value);
    return this.emit("v128.const", ...lane, ...lane);
  }

  /** A vector of four int32. */
  i32x4(...values: readonly [number, number, number, number]): this {
    const lanes = values.flatMap((value) => [value, value >> 8, value >> 16, value >> 24]);
    return this.emit("v128.const", ...lanes.map((byte) => byte & 0xff));
  }

  /** A block that `br` to its label leaves. */
  block(body: (label: Label) => void, result?: ValueType): this {
    return this.#nest("block", body, result);
  }

  /** A block that `br` to its label starts again. */
  loop(body: (label: Label) => void): this {
    return this.#nest("loop", body, undefined);
  }

  /** Takes a condition from the stack. */
  if(yes: () => void, no?: () => void, result?: ValueType): this {
    this.emit("if", result ? TYPES[result] : NO_RESULT);
    this.#depth++;
    yes();
    if (no) {
      this.emit("else");
      no();
    }
    this.#depth--;
    return this.emit("end");
  }

  br(label: Label): this {
    return this.emit("br", this.#depth - label.depth);
  }

  brIf(label: Label): this {
    return this.emit("br_if", this.#depth - label.depth);
  }

  /** Takes a number from the stack and goes to the label of that place, or else to `others`. */
  brTable(labels: readonly Label[], others: Label): this {
    return this.emit("br_table", ...[...labels, others].map(({ depth }) => this.#depth - depth));
  }

  /**
   * Counts an i32 local from what it holds up to a limit, which `limit` pushes. Nothing happens if
   * the count begins there.
   */
  forUpTo(counter: number, limit: () => void, step: number, body: () => void): this {
    return this.block((done) => {
      this.get(counter);
      limit();
      this.emit("i32.ge_s").brIf(done);
      this.loop((again) => {
        body();
        this.get(counter).i32(step).emit("i32.add").tee(counter);
        limit();
        this.emit("i32.lt_s").brIf(again);
      });
    });
  }

  /** Runs the body so many times; what runs once, or never, is no loop. */
  repeat(times: number, body: () => void): this {
    if (times === 1) body();
    if (times <= 1) return this;
    const counter = this.local("i32");
    this.i32(0).set(counter);
    return this.forUpTo(counter, () => this.i32(times), 1, body);
  }

  #nest(kind: "block" | "loop", body: (label: Label) => void, result: ValueType | undefined): this {
    this.emit(kind, result ? TYPES[result] : NO_RESULT);
    this.#depth++;
    body({ depth: this.#depth });
    this.#depth--;
    return this.emit("end");
  }

  /** The function body as it stands in the module: locals, instructions, end. */
  encode(): Uint8Array {
    const head: number[] = [];
    const runs: [count: number, type: ValueType][] = [];
    for (const type of this.locals) {
      const last = runs.at(-1);
      if (last?.[1] === type) last[0]++;
      else runs.push([1, type]);
    }
    unsigned(head, runs.length);
    for (const [count, type] of runs) {
      unsigned(head, count);
      head.push(TYPES[type]);
    }
    const out = new Uint8Array(head.length + this.bytes.length + 1);
    out.set(head);
    out.set(this.bytes, head.length);
    out[out.length - 1] = END;
    return out;
  }
}
