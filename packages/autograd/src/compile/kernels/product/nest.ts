import type { Code } from "../../wasm/code.js";
import type { Feed } from "./feed.js";
import { atMost, pushScaled, upTo } from "./integers.js";
import { pack } from "./pack.js";
import type { Plan } from "./plan.js";
import { PANEL } from "./shape.js";
import { type Range, tiles } from "./tiles.js";

/** Locals that say which part of which matrices to compute. */
export interface Part {
  /** The addresses of the operands and of the result. */
  readonly a: number;
  readonly b: number;
  readonly out: number;
  /** From the result to the addend, in bytes. */
  readonly toAddend: number;
  readonly scratch: number;
  /** The first unit, and the end of them. */
  readonly first: number;
  readonly last: number;
}

type Body = () => void;

/**
 * Blocks of columns, panels of k and blocks of rows around the tiles: a packed panel of B serves
 * all blocks of rows, and a packed block of A all tiles of its rows.
 */
export function nest(code: Code, plan: Plan, part: Part): void {
  const { problem, block, places } = plan;
  const { inner } = problem;
  const integer = () => code.local("i32");
  const range = (): Range => ({ from: integer(), to: integer() });
  const place = (bytes: number) => {
    const address = integer();
    code.get(part.scratch).i32(bytes).emit("i32.add").set(address);
    return address;
  };
  const [allRows, allColumns] = extent(code, plan, part);
  const [rows, columns, k, depth] = [range(), range(), integer(), integer()];
  const [table, totals] = [place(places.table), place(places.totals)];
  const at = { a: place(places.a), b: place(places.b) };

  const feed = (name: "a" | "b", { packing, step, stride }: Feed, { from, to }: Range) => {
    const [operand, target] = [part[name], at[name]];
    if (packing) return pack(code, packing, { operand, target, from, to, k, depth, table });
    pushScaled(code, operand, k, step).set(target);
    pushScaled(code, target, from, stride).set(target);
  };
  const overColumns = (body: Body) =>
    inBlocks(code, allColumns, problem.columns, block.columns, columns, body);
  const overRows = (body: Body) => inBlocks(code, allRows, problem.rows, block.rows, rows, body);
  const overPanels = (body: Body) => inPanels(code, inner, k, depth, body);
  const feedB = () => feed("b", plan.b, columns);
  const compute = () => {
    feed("a", plan.a, rows);
    const { out, toAddend } = part;
    tiles(code, plan, { rows, columns, k, depth, ...at, out, toAddend, totals });
  };
  const one = () => {
    feedB();
    compute();
  };
  const down = () => {
    feedB();
    overRows(compute);
  };
  // Totals that are kept apart from the result are those of one block.
  if (plan.apart) overColumns(() => overRows(() => overPanels(one)));
  else overColumns(() => overPanels(down));
}

/** The rows and columns of the units. */
function extent(code: Code, plan: Plan, { first, last }: Part): [rows: Range, columns: Range] {
  const { problem, tile, lanes, byRows } = plan;
  const some = (size: number, step: number): Range => {
    const range = { from: code.local("i32"), to: code.local("i32") };
    code.get(first).i32(step).emit("i32.mul").set(range.from);
    code.get(last).i32(step).emit("i32.mul").set(range.to);
    atMost(code, range.to, () => code.i32(size));
    return range;
  };
  const all = (size: number): Range => {
    const range = { from: code.local("i32"), to: code.local("i32") };
    code.i32(0).set(range.from).i32(size).set(range.to);
    return range;
  };
  return byRows
    ? [some(problem.rows, tile.rows), all(problem.columns)]
    : [all(problem.rows), some(problem.columns, tile.vectors * lanes)];
}

/** Cuts a range of up to `size` into blocks of up to `most`. */
function inBlocks(
  code: Code,
  { from, to }: Range,
  size: number,
  most: number,
  block: Range,
  body: Body,
): void {
  code.get(from).set(block.from);
  if (size <= most) {
    code.get(to).set(block.to);
    body();
    return;
  }
  upTo(code, block.from, to, most, () => {
    code.get(block.from).i32(most).emit("i32.add").set(block.to);
    atMost(code, block.to, () => code.get(to));
    body();
  });
}

/** Cuts what is summed over into panels, with the first k and the number of them in locals. */
function inPanels(code: Code, inner: number, k: number, depth: number, body: Body): void {
  code.i32(0).set(k);
  if (inner <= PANEL) {
    code.i32(inner).set(depth);
    body();
    return;
  }
  const end = code.local("i32");
  code.i32(inner).set(end);
  upTo(code, k, end, PANEL, () => {
    code.get(end).get(k).emit("i32.sub").set(depth);
    atMost(code, depth, () => code.i32(PANEL));
    body();
  });
}
