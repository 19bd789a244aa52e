import { Code } from "../../wasm/code.js";
import type { Kernel } from "../kernel.js";
import { atMost, pushOffset, pushScaled } from "./integers.js";
import { nest, type Part } from "./nest.js";
import { planOf } from "./plan.js";
import { type Problem, type Product, problemOf } from "./shape.js";

/** The parameters of the code. */
const [LO, HI, SCRATCH, OUT, A, B, ADDEND] = [0, 1, 2, 3, 4, 5, 6] as const;

/**
 * The code of a product of matrices, for the buffers (out, a, b) or (out, a, b, addend), where the
 * addend may be `out` itself. Bits are those of numerics/matmul.ts: ascending k within panels of
 * 256, panels in order, and the addend last.
 *
 * @see Goto, van de Geijn, Anatomy of High-Performance Matrix Multiplication, 2008
 */
export function productKernel(product: Product): Kernel {
  const problem = problemOf(product);
  const params = Array.from({ length: product.addend ? 7 : 6 }, () => "i32" as const);
  const code = new Code({ params, results: [] });
  const { count, rows, columns } = problem;
  if (count * rows * columns === 0) return { code, units: 0, scratch: 0 };
  const plan = planOf(problem);
  const { tile, lanes, byRows, scratch } = plan;
  const width = tile.vectors * lanes;
  const units = byRows ? Math.ceil(rows / tile.rows) : Math.ceil(columns / width);
  overBatch(code, problem, units, (part) => nest(code, plan, part));
  return { code, units: count * units, scratch };
}

/** Finds the matrices of the units, and the units of each. */
function overBatch(code: Code, problem: Problem, units: number, body: (part: Part) => void): void {
  const { batch, count, swapped, rows, columns, element, addend } = problem;
  const [sourceA, sourceB] = swapped ? [B, A] : [A, B];
  const toAddend = code.local("i32");
  if (addend) code.get(ADDEND).get(OUT).emit("i32.sub").set(toAddend);
  if (count === 1) {
    body({ a: sourceA, b: sourceB, out: OUT, toAddend, scratch: SCRATCH, first: LO, last: HI });
    return;
  }
  const integer = () => code.local("i32");
  const [a, b, out] = [integer(), integer(), integer()];
  const [first, last, index] = [integer(), integer(), integer()];
  const pushMatrix = (source: typeof A | typeof B) => {
    const bytes = (strides: readonly number[]) => strides[source === A ? 0 : 1]! * element;
    const axes = batch.map(({ side, strides }) => ({ side, bytes: bytes(strides) }));
    code.get(source);
    return pushOffset(code, axes, index).emit("i32.add");
  };
  code.block((done) => {
    code.loop((again) => {
      code.get(LO).get(HI).emit("i32.ge_s").brIf(done);
      code.get(LO).i32(units).emit("i32.div_u").set(index);
      code.get(LO).i32(units).emit("i32.rem_u").set(first);
      code.get(first).get(HI).emit("i32.add").get(LO).emit("i32.sub").set(last);
      atMost(code, last, () => code.i32(units));
      pushMatrix(sourceA).set(a);
      pushMatrix(sourceB).set(b);
      pushScaled(code, OUT, index, rows * columns * element).set(out);
      body({ a, b, out, toAddend, scratch: SCRATCH, first, last });
      code.get(LO).get(last).emit("i32.add").get(first).emit("i32.sub").set(LO);
      code.br(again);
    });
  });
}
