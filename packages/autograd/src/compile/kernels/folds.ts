import type { DType } from "../../dtype.js";
import type { FoldKind } from "../fuse/nest.js";
import type { Generation } from "../program.js";
import { Code } from "../wasm/code.js";

const SHAPES = { float32: "f32x4", float64: "f64x2", int32: "i32x4", bool: "i32x4" } as const;
const INSTRUCTIONS = {
  sum: { float: "add", int: "add" },
  prod: { float: "mul", int: "mul" },
  max: { float: "max", int: "max_s" },
  min: { float: "min", int: "min_s" },
} as const;

/** The instruction that folds two vectors. */
export function instruction(kind: FoldKind, dtype: DType): string {
  const { float, int } = INSTRUCTIONS[kind];
  return `${SHAPES[dtype]}.${dtype === "int32" ? int : float}`;
}

/** What changes nothing: −0 for a sum, since −0 + −0 is −0. */
const IDENTITIES = {
  sum: { float: -0, int: 0 },
  prod: { float: 1, int: 1 },
  max: { float: Number.NEGATIVE_INFINITY, int: -(2 ** 31) },
  min: { float: Number.POSITIVE_INFINITY, int: 2 ** 31 - 1 },
} as const;

/** Pushes a vector of what changes nothing. */
export function identity(code: Code, kind: FoldKind, dtype: DType): Code {
  const { float, int } = IDENTITIES[kind];
  if (dtype === "float64") return code.f64x2(float);
  return dtype === "float32" ? code.f32x4(float) : code.i32x4(int, int, int, int);
}

/** Moves lane `from` and those after it to the front. */
function rotated(code: Code, from: number, width: number): Code {
  const bytes = Array.from({ length: 16 }, (_, i) => (i + from * width) % 16);
  return code.emit("i8x16.shuffle", ...bytes);
}

/** Puts the first lane into every lane. */
export function spread(code: Code, vector: number, width: number): Code {
  const bytes = Array.from({ length: 16 }, (_, i) => i % width);
  return code
    .get(vector)
    .get(vector)
    .emit("i8x16.shuffle", ...bytes);
}

/**
 * Folds vectors of 8 lanes in all into the first lane of one, in the order that sums are defined
 * by: lanes 0+4, 1+5, 2+6, 3+7, then 0+2, 1+3, then 0+1.
 */
export function combine(
  code: Code,
  vectors: readonly number[],
  { kind, dtype, lanes }: { kind: FoldKind; dtype: DType; lanes: 2 | 4 },
): number {
  const fold = instruction(kind, dtype);
  const width = dtype === "float64" ? 8 : 4;
  const vector = combineAll(code, vectors, kind, dtype);
  for (let lane = lanes / 2; lane >= 1; lane /= 2) {
    code.get(vector).get(vector).get(vector);
    rotated(code, lane, width).emit(fold).set(vector);
  }
  return vector;
}

/** Folds vectors into the first of them, the first half with the second, until one is left. */
export function combineAll(
  code: Code,
  vectors: readonly number[],
  kind: FoldKind,
  dtype: DType,
): number {
  const fold = instruction(kind, dtype);
  let left = vectors;
  while (left.length > 1) {
    const half = left.length / 2;
    const [first, second] = [left.slice(0, half), left.slice(half)];
    for (const [i, own] of first.entries()) {
      code.get(own).get(second[i]!).emit(fold).set(own);
    }
    left = first;
  }
  return left[0]!;
}

/**
 * A function (address, count) that adds numbers in memory pairwise, halves first: the sums of the
 * blocks. The result is spread over a vector.
 */
export function pairwise(generation: Generation, dtype: DType): number {
  const scalar = dtype === "float64" ? "f64" : dtype === "float32" ? "f32" : "i32";
  const load = (code: Code) => code.emit(`${scalar}.load`).emit(`${SHAPES[dtype]}.splat`);
  return pairs(generation, `pairwise ${dtype}`, {
    dtype,
    load,
    bytes: dtype === "float64" ? 8 : 4,
  });
}

/** The same of vectors in memory, lane by lane. */
export function pairwiseVectors(generation: Generation, dtype: DType): number {
  const load = (code: Code) => code.emit("v128.load");
  return pairs(generation, `pairwise vectors of ${dtype}`, { dtype, load, bytes: 16 });
}

function pairs(
  generation: Generation,
  title: string,
  { dtype, load, bytes }: { dtype: DType; load: (code: Code) => Code; bytes: number },
): number {
  const { index } = generation.shared(title, () => {
    const code = new Code({ params: ["i32", "i32"], results: ["v128"] });
    const half = code.local("i32");
    // Its own index: it is the next function of the module.
    const self = generation.builder.next;
    code.get(1).i32(1).emit("i32.eq");
    code.if(
      () => load(code.get(0)),
      () => {
        code.get(1).i32(1).emit("i32.add").i32(1).emit("i32.shr_u").set(half);
        code.get(0).get(half).emit("call", self);
        code.get(0).get(half).i32(bytes).emit("i32.mul").emit("i32.add");
        code.get(1).get(half).emit("i32.sub").emit("call", self);
        code.emit(instruction("sum", dtype));
      },
      "v128",
    );
    return code;
  });
  return index;
}
