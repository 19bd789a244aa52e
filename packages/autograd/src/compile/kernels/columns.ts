import type { DType } from "../../dtype.js";
import type { FoldKind } from "../fuse/nest.js";
import type { LoopAxis } from "../layout.js";
import type { Generation } from "../program.js";
import { Code } from "../wasm/code.js";
import { store, WIDTH } from "./access.js";
import { combineAll, identity, instruction, pairwiseVectors } from "./folds.js";
import type { Kernel } from "./kernel.js";
import { pushOffset } from "./product/integers.js";

/** A fold along one axis of an array whose neighbours lie along another. */
export interface Columns {
  readonly kind: FoldKind;
  readonly dtype: DType;
  /** Loops around, with the strides of the input and of the result. */
  readonly outer: readonly LoopAxis[];
  /** How many elements are folded, and how far apart they are. */
  readonly fold: { readonly side: number; readonly stride: number };
  /** How many neighbours there are: of the input, and of the result. */
  readonly columns: number;
}

const [LO, HI, SCRATCH, OUT, X] = [0, 1, 2, 3, 4] as const;
const LANES = 8;
const BLOCK = 256;

/**
 * Folds whole vectors of columns at once, for the buffers (out, x). A sum keeps the order of
 * numerics/sum.ts: eight partial sums a block of 256, each a vector here.
 */
export function columnsKernel(task: Columns, generation: Generation): Kernel {
  const { dtype, outer, columns, fold, kind } = task;
  const code = new Code({ params: ["i32", "i32", "i32", "i32", "i32"], results: [] });
  const width = WIDTH[dtype];
  const lanes = (16 / width) as 2 | 4;
  const vectors = Math.ceil(columns / lanes);
  const rows = outer.reduce((count, { side }) => count * side, 1);
  const [row, out, x] = [code.local("i32"), code.local("i32"), code.local("i32")];
  const offset = (array: 0 | 1) =>
    pushOffset(
      code,
      outer.map(({ side, strides }) => ({ side, bytes: strides[array]! * width })),
      row,
    );
  const place = { dtype, pointer: out, bytes: 0, stride: 1, lanes };
  const blocks = kind === "sum" ? Math.ceil(fold.side / BLOCK) : 1;
  code.forUpTo(
    LO,
    () => code.get(HI),
    1,
    () => {
      code.get(LO).i32(vectors).emit("i32.div_u").set(row);
      for (const [local, from, array] of [[x, X, 0] as const, [out, OUT, 1] as const]) {
        code.get(from).get(LO).i32(vectors).emit("i32.rem_u").i32(16).emit("i32.mul");
        code.emit("i32.add");
        if (outer.length > 0) {
          offset(array);
          code.emit("i32.add");
        }
        code.set(local);
      }
      const total = foldColumn(code, task, x, blocks, generation);
      const rest = columns % lanes;
      if (rest === 0) {
        store(code, { ...place, count: lanes }, () => code.get(total));
        return;
      }
      code
        .get(LO)
        .i32(vectors)
        .emit("i32.rem_u")
        .i32(vectors - 1)
        .emit("i32.eq");
      code.if(
        () => store(code, { ...place, count: rest }, () => code.get(total)),
        () => store(code, { ...place, count: lanes }, () => code.get(total)),
      );
    },
  );
  return { code, units: rows * vectors, scratch: blocks > 1 ? 16 * blocks : 0 };
}

/** The fold of one vector of columns, which begins at a local; returns the local of the result. */
function foldColumn(
  code: Code,
  { kind, dtype, fold }: Columns,
  x: number,
  blocks: number,
  generation: Generation,
): number {
  const step = fold.stride * WIDTH[dtype];
  const count = kind === "prod" ? 1 : LANES;
  const partial = Array.from({ length: count }, () => code.local("v128"));
  const next = code.local("i32");
  const clear = () => {
    for (const own of partial) identity(code, kind, dtype).set(own);
  };
  const add = (terms: number) => {
    for (let i = 0; i < terms; i++) {
      const own = partial[i % count]!;
      code.get(own).get(x).emit("v128.load", 0).emit(instruction(kind, dtype)).set(own);
      code.get(x).i32(step).emit("i32.add").set(x);
    }
  };
  const block = (length: number) => {
    code.repeat(Math.floor(length / LANES), () => add(LANES));
    add(length % LANES);
  };
  if (blocks === 1) {
    clear();
    block(fold.side);
    return combineAll(code, partial, kind, dtype);
  }
  code.get(SCRATCH).set(next);
  const keep = () => {
    code
      .get(next)
      .get(combineAll(code, partial, kind, dtype))
      .emit("v128.store", 0);
    code.get(next).i32(16).emit("i32.add").set(next);
  };
  code.repeat(Math.floor(fold.side / BLOCK), () => {
    clear();
    block(BLOCK);
    keep();
  });
  if (fold.side % BLOCK > 0) {
    clear();
    block(fold.side % BLOCK);
    keep();
  }
  const total = code.local("v128");
  code.get(SCRATCH).i32(blocks).emit("call", pairwiseVectors(generation, dtype)).set(total);
  return total;
}
