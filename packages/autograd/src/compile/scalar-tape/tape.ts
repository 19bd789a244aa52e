import type { DType } from "../../dtype.js";
import type { Constant } from "./flat.js";
import type { Kind } from "./kinds.js";

/**
 * How the four values of a block take an operand: all the same cell, cells one after the other, or
 * any cells.
 */
export type Mode = "same" | "next" | "any";

/** What an instruction does with the words that follow it. */
export type Routine =
  /** An op, element by element. */
  | { readonly form: "map"; readonly kind: Kind; readonly modes: readonly Mode[] }
  /** Terms, added one after the other: numbers, or with two modes products. */
  | { readonly form: "sum"; readonly dtype: DType; readonly modes: readonly Mode[] }
  /** Copies between cells and memory elsewhere. */
  | { readonly form: "read"; readonly dtype: DType }
  | { readonly form: "write"; readonly dtype: DType };

/** A value that comes from elsewhere or goes there. */
export interface Port {
  readonly dtype: DType;
  /** The place in the cells, in bytes. */
  readonly cell: number;
  /** The word of the program in which its address in memory belongs. */
  readonly word: number;
}

export interface TapeConstant extends Constant {
  /** The place in the cells, in bytes. */
  readonly cell: number;
}

/** A run of values that one instruction computes, for people. */
export interface Step {
  readonly level: number;
  readonly routine: number;
  readonly values: number;
  readonly terms: number;
  /** The word of the program at which the instruction begins. */
  readonly word: number;
}

/**
 * A program on cells: numbers in memory, each as wide as its dtype. An instruction computes values
 * of one kind in blocks of four. Its words: the routine, how many blocks, the first cell of the
 * results, for sums how many terms; then for each block the cells of the operands. The routine
 * behind the last one ends the program.
 */
export interface Tape {
  /** The size of the cells, in bytes. */
  readonly cells: number;
  /** What cells hold before anything runs, and how many bytes those are, at the beginning. */
  readonly constants: readonly TapeConstant[];
  readonly constantBytes: number;
  readonly routines: readonly Routine[];
  readonly program: Int32Array;
  /** Null for an input that is not used. */
  readonly inputs: readonly (Port | null)[];
  readonly outputs: readonly Port[];
  readonly steps: readonly Step[];
}

/** How many values a block holds. */
export const BLOCK = 4;

/** How many words a block needs to take operands in these modes. */
export const wordsOf = (modes: readonly Mode[]): number =>
  modes.reduce((sum, mode) => sum + (mode === "any" ? BLOCK : 1), 0);
