import { WIDTH } from "../kernels/access.js";
import type { Cells } from "./cells.js";
import type { Chains } from "./chains.js";
import { dtypeOf, type Flat } from "./flat.js";
import type { Group } from "./groups.js";
import { fits, operandModes, termModes } from "./modes.js";
import { bestOrder } from "./order.js";
import { type Block, findWays, type Rows, rowsOf } from "./rows.js";
import { BLOCK, type Mode, type Port, type Routine, type Step } from "./tape.js";
import { Words } from "./words.js";

/** Writes the program of a tape, instruction by instruction. */
export class Assembler {
  readonly words = new Words();
  readonly routines: Routine[] = [];
  readonly steps: Step[] = [];
  readonly #known = new Map<string, number>();

  constructor(
    readonly flat: Flat,
    readonly chains: Chains,
    readonly cells: Cells,
  ) {}

  /** Copies values from or to memory elsewhere; the addresses are not yet known. */
  copy(form: "read" | "write", values: readonly number[]): Port[] {
    const { flat, cells, words } = this;
    const ports = new Array<Port>(values.length);
    const dtypes = values.map((at) => dtypeOf(flat, at));
    for (const dtype of new Set(dtypes)) {
      const own = [...values.keys()].filter((i) => dtypes[i] === dtype);
      const routine = this.#routine(`${form} ${dtype}`, { form, dtype });
      this.steps.push({ level: 0, routine, values: own.length, terms: 0, word: words.length });
      words.push(routine, own.length);
      for (const i of own) {
        const cell = cells.at(values[i]!);
        ports[i] = { dtype, cell, word: words.length };
        words.push(0, cell);
      }
    }
    return ports;
  }

  /** Gives the values of a group their cells and computes them. */
  group(group: Group): void {
    const { level, members, terms } = group;
    const { words, flat, cells } = this;
    const { result } = flat.kinds[group.kind]!;
    const rows = rowsOf(group, flat, this.chains, cells);
    const order = bestOrder(rows);
    let cell = cells.bytes;
    cells.add(
      order.map((row) => members[row]!),
      result,
    );
    let step: (Step & { values: number }) | undefined;
    let modes: readonly Mode[] = [];
    const ways = new Uint8Array(rows.columns);
    for (let from = 0; from < order.length; from += BLOCK) {
      const block = { order, from, size: Math.min(BLOCK, order.length - from) };
      findWays(rows, block, ways);
      modes = terms === 0 ? operandModes(ways, modes) : termModes(ways, group.products);
      const routine = this.#computing(group, modes);
      if (routine !== step?.routine) {
        step = { level, routine, values: 0, terms, word: words.length };
        this.steps.push(step);
        words.push(routine, 0, cell);
        if (terms > 0) words.put(terms);
      }
      words.set(step.word + 1, Math.ceil(step.values / BLOCK) + 1);
      step.values += block.size;
      if (terms === 0) this.#operands(rows, block, modes);
      else this.#terms(rows, block, modes, ways);
      cell += BLOCK * WIDTH[result];
    }
  }

  /** Ends the program. */
  end(): void {
    this.words.put(this.routines.length);
  }

  #computing({ kind: at, terms }: Group, modes: readonly Mode[]): number {
    const kind = this.flat.kinds[at]!;
    const key = `${at} ${terms === 0} ${modes}`;
    const { result: dtype } = kind;
    return this.#routine(
      key,
      terms === 0 ? { form: "map", kind, modes } : { form: "sum", dtype, modes },
    );
  }

  #routine(key: string, routine: Routine): number {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.routines.length);
    return this.routines.push(routine) - 1;
  }

  #operands(rows: Rows, block: Block, modes: readonly Mode[]): void {
    for (const [column, mode] of modes.entries()) this.#take(rows, block, column, mode);
  }

  #terms(rows: Rows, block: Block, modes: readonly Mode[], ways: Uint8Array): void {
    this.#take(rows, block, 0, "any");
    const step = modes.length;
    for (let column = 1; column < rows.columns; column += step) {
      const swaps = step === 2 && !fits(ways, column, modes);
      for (const [i, mode] of modes.entries()) {
        this.#take(rows, block, column + (swaps ? 1 - i : i), mode);
      }
    }
  }

  #take({ cells, columns }: Rows, block: Block, column: number, mode: Mode): void {
    const { order, from, size } = block;
    for (let i = 0; i < (mode === "any" ? BLOCK : 1); i++) {
      this.words.put(cells[order[from + Math.min(i, size - 1)]! * columns + column]!);
    }
  }
}
