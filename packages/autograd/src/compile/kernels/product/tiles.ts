import type { Code } from "../../wasm/code.js";
import { increase, pushScaled } from "./integers.js";
import type { Plan } from "./plan.js";
import { registersFor, tile } from "./tile.js";

/** A range of an index, in two locals. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A block of the result and a panel of k, in locals. */
interface Block {
  readonly rows: Range;
  readonly columns: Range;
  /** The first k of the panel, and how many there are. */
  readonly k: number;
  readonly depth: number;
  /** The addresses of the first row and of the first column of the block, at the first k. */
  readonly a: number;
  readonly b: number;
  /** The address of the whole result. */
  readonly out: number;
  /** From the result to the addend, in bytes. */
  readonly toAddend: number;
  /** The address of the sums of former panels, if they are not in the result. */
  readonly totals: number;
}

/** Computes a block tile by tile: the columns of a tile stay in the cache for all rows. */
export function tiles(code: Code, plan: Plan, block: Block): void {
  const { problem, lanes } = plan;
  const { rows, columns, element } = problem;
  const { toAddend, k, depth } = block;
  const registers = registersFor(code, plan);
  const integer = () => code.local("i32");
  const [i, j] = [integer(), integer()];
  // Where a tile stands, and where the first tile of the same columns does.
  const at = { a: integer(), b: integer(), out: integer(), totals: integer() };
  const top = { out: integer(), totals: integer() };

  const column = (width: number) => {
    const compute = (height: number) =>
      tile(code, plan, [height, width], { ...at, toAddend, k, depth }, registers);
    code.get(block.rows.from).set(i).get(block.a).set(at.a);
    code.get(top.out).set(at.out).get(top.totals).set(at.totals);
    inTiles(code, i, block.rows.to, rows, plan.tile.rows, compute, (height) => {
      increase(code, at.a, height * plan.a.stride);
      increase(code, at.out, height * columns * element);
      if (plan.apart) increase(code, at.totals, height * plan.block.columns * element);
    });
  };

  code.get(block.columns.from).set(j).get(block.b).set(at.b).get(block.totals).set(top.totals);
  pushScaled(code, block.out, block.rows.from, columns * element).set(top.out);
  pushScaled(code, top.out, block.columns.from, element).set(top.out);
  inTiles(code, j, block.columns.to, columns, plan.tile.vectors * lanes, column, (width) => {
    increase(code, at.b, width * plan.b.stride);
    increase(code, top.out, width * element);
    if (plan.apart) increase(code, top.totals, width * element);
  });
}

/** Whole tiles up to the end of a block, then what is left of a side. */
function inTiles(
  code: Code,
  index: number,
  end: number,
  side: number,
  step: number,
  body: (size: number) => void,
  advance: (size: number) => void,
): void {
  const limit = () =>
    code
      .get(end)
      .i32(step - 1)
      .emit("i32.sub");
  if (side >= step) {
    code.forUpTo(index, limit, step, () => {
      body(step);
      advance(step);
    });
  }
  if (side % step > 0)
    code
      .get(index)
      .get(end)
      .emit("i32.lt_s")
      .if(() => body(side % step));
}
