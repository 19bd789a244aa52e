import type { DType } from "../../dtype.js";
import { WIDTH } from "../kernels/access.js";
import { LaneEmitter } from "../lanes/emit.js";
import { Expression, type HostFunction } from "../lanes/expression.js";
import { elementwise } from "../lower/elementwise.js";
import type { Kind } from "./kinds.js";
import { RoutineCode } from "./routine.js";
import { BLOCK, type Mode, type Routine, wordsOf } from "./tape.js";

/** Gives the index of the import that calls a function of JavaScript. */
type Host = (f: HostFunction) => number;

/** The code of a routine, whose words follow its own number. */
export function codeOf(routine: Routine, host: Host): RoutineCode {
  switch (routine.form) {
    case "map":
      return mapCode(routine.kind, routine.modes, host);
    case "sum":
      return sumCode(routine.dtype, routine.modes);
    default:
      return copyCode(routine.form, routine.dtype);
  }
}

/** What a kind computes, of inputs that are numbered. */
export function expressionOf({ op, inputs, result }: Kind): readonly [Expression, Expression[]] {
  const x = inputs.map((dtype, i) => Expression.input(dtype, i));
  return [elementwise[op.name as keyof typeof elementwise](x, result), x];
}

/** Pairs of an address in memory, and a cell. */
function copyCode(form: "read" | "write", dtype: DType): RoutineCode {
  const code = new RoutineCode();
  const count = code.local("i32");
  const size = WIDTH[dtype];
  const [load, store] =
    size === 8
      ? ["i64.load", "i64.store"]
      : size === 4
        ? ["i32.load", "i32.store"]
        : ["i32.load8_u", "i32.store8"];
  code.word(0).set(count).skip(1);
  code.countDown(count, () => {
    if (form === "read") code.cell(1).word(0);
    else code.word(0).cell(1);
    code.emit(load).emit(store).skip(2);
  });
  return code.finish();
}

/** Begins with the number of blocks and the address of the first result. */
function begin(code: RoutineCode): readonly [blocks: number, out: number] {
  const [blocks, out] = [code.local("i32"), code.local("i32")];
  code.word(0).set(blocks).cell(1).set(out);
  return [blocks, out];
}

function mapCode(kind: Kind, modes: readonly Mode[], host: Host): RoutineCode {
  const code = new RoutineCode();
  const [root, inputs] = expressionOf(kind);
  const [blocks, out] = begin(code);
  code.skip(2);
  const emitter = new LaneEmitter(code, { lanes: BLOCK, vectors: 1, host });
  emitter.hoist([root]);
  code.countDown(blocks, () => {
    let ahead = 0;
    const body = emitter.fork();
    for (const [i, input] of inputs.entries()) {
      body.bind(input, code.take(input.dtype, modes[i]!, ahead));
      ahead += wordsOf([modes[i]!]);
    }
    code.put(kind.result, out, body.emit(root));
    code.move(out, BLOCK * WIDTH[kind.result]);
    code.skip(ahead);
  });
  return code.finish();
}

/** Four sums side by side, each in the order of its terms. */
function sumCode(dtype: DType, modes: readonly Mode[]): RoutineCode {
  const shape = dtype === "float64" ? "f64x2" : "f32x4";
  const code = new RoutineCode();
  const [blocks, out] = begin(code);
  const [terms, rest] = [code.local("i32"), code.local("i32")];
  code.word(2).set(terms).skip(3);
  code.countDown(blocks, () => {
    const totals = code.take(dtype, "any", 0);
    code.skip(BLOCK).get(terms).set(rest);
    code.countDown(rest, () => {
      const left = code.take(dtype, modes[0]!, 0);
      const right = modes[1] && code.take(dtype, modes[1], wordsOf([modes[0]!]));
      for (const [part, total] of totals.entries()) {
        code.get(total).get(left[part]!);
        if (right) code.get(right[part]!).emit(`${shape}.mul`);
        code.emit(`${shape}.add`).set(total);
      }
      code.skip(wordsOf(modes));
    });
    code.put(dtype, out, totals).move(out, BLOCK * WIDTH[dtype]);
  });
  return code.finish();
}
