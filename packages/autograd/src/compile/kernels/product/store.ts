import type { Code } from "../../wasm/code.js";
import type { Plan } from "./plan.js";
import { PANEL } from "./shape.js";

/** Where the sums of a tile go, in locals. */
export interface Destination {
  /** The address of the tile in the result. */
  readonly out: number;
  /** From there to the addend, in bytes. */
  readonly toAddend: number;
  /** The address of the sums of former panels, if they are not in the result. */
  readonly totals: number;
  /** The first k of the panel, and how many there are. */
  readonly k: number;
  readonly depth: number;
}

/**
 * Adds the sums of a panel to those of the panels before, and after the last one to the addend.
 * Only the first panel is not added: 0 + x is x, as sums that begin with +0 are never −0.
 */
export function store(
  code: Code,
  plan: Plan,
  [rows, columns]: readonly [number, number],
  { out, toAddend, totals, k, depth }: Destination,
  sums: readonly number[],
): void {
  const { lanes, problem, block, apart } = plan;
  const { inner, addend, element } = problem;
  const add = lanes === 4 ? "f32x4.add" : "f64x2.add";
  const vectors = sums.length / rows;
  /** Visits each vector with where it is, if rows are so wide, and how many bytes matter. */
  const each = (width: number, visit: (sum: number, at: number, bytes: number) => void) => {
    for (const [i, sum] of sums.entries()) {
      const [row, column] = [Math.floor(i / vectors), (i % vectors) * lanes];
      const bytes = Math.min(16, (columns - column) * element);
      visit(sum, (row * width + column) * element, bytes);
    }
  };
  const finish = () =>
    each(problem.columns, (sum, at, bytes) => {
      if (addend) {
        code.get(out).get(toAddend).emit("i32.add").emit("v128.load", at);
        code.get(sum).emit(add).set(sum);
      }
      storeBytes(code, out, at, sum, bytes);
    });

  const [former, width] = apart ? [totals, block.columns] : [out, problem.columns];
  if (inner > PANEL) {
    code.get(k).if(() =>
      each(width, (sum, at) => {
        code.get(former).emit("v128.load", at).get(sum).emit(add).set(sum);
      }),
    );
  }
  if (apart) {
    code
      .get(k)
      .get(depth)
      .emit("i32.add")
      .i32(inner)
      .emit("i32.eq")
      .if(finish, () =>
        each(width, (sum, at) => {
          code.get(totals).get(sum).emit("v128.store", at);
        }),
      );
  } else finish();
}

/** Stores the first 4, 8, 12 or 16 bytes of a vector. */
function storeBytes(code: Code, out: number, at: number, vector: number, bytes: number): void {
  code.get(out).get(vector);
  if (bytes === 16) code.emit("v128.store", at);
  else if (bytes === 4) code.emit("v128.store32_lane", at, 0);
  else code.emit("v128.store64_lane", at, 0);
  if (bytes === 12)
    code
      .get(out)
      .get(vector)
      .emit("v128.store32_lane", at + 8, 2);
}
