import type { Tensor } from "../../op.js";
import type { Piece } from "../../trace/graph.js";
import type { Buffer } from "../buffer.js";
import type { Nest } from "../fuse/nest.js";
import type { Layout } from "../layout.js";
import type { Task } from "../program.js";

/** What a node reads: elements of a buffer, laid out so. */
export interface Operand {
  readonly buffer: Buffer;
  readonly layout: Layout;
}

/** A piece as tasks, and where its outputs are. */
export interface Fused {
  readonly tasks: readonly Task[];
  readonly outputs: readonly Buffer[];
}

/** The program in the making, as the lowering of a node sees it. */
export interface Target {
  readonly tasks: Task[];
  /** The nodes that are left of the piece. */
  readonly body: readonly Tensor[];
  /** The memory of a node that has its own. */
  bufferOf(node: Tensor): Buffer;
  /** Where the elements of a node are. */
  operand(node: Tensor): Operand;
  /** A buffer with the elements of a node in order: a copy, if they are not yet. */
  dense(node: Tensor): Buffer;
  /** Copies elements into a buffer, or into a part of it; returns the buffer. */
  copy(from: Operand, to: Buffer, at?: Layout): Buffer;
  /** Adds loops. */
  nest(nest: Nest, title: string, flops?: number): void;
  /** Whether nothing has been said about the buffer under this name so far. */
  isFirst(buffer: Buffer, name: string): boolean;
  /** Says where the results of a node of several are. */
  setResults(node: Tensor, results: readonly Buffer[]): void;
  /**
   * The tasks of a piece inside this one, whose inputs are in the given buffers. `chosen` may say
   * where outputs are to be computed; where that cannot be, they are elsewhere.
   */
  inner(piece: Piece, inputs: readonly Buffer[], chosen: readonly (Buffer | null)[]): Fused;
}
