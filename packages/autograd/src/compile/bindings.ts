import type { Tensor } from "../op.js";
import type { Capture, Graph, Piece, Write } from "../trace/graph.js";
import { Buffer } from "./buffer.js";
import { bringIn, type Slot, slotOf, written } from "./runtime/slots.js";

type Bound<T> = T & { readonly slot: Slot };

/** Where a step meets the variables: what it reads of them, and what it assigns. */
export class Bindings {
  /** The graph as one piece: arguments and captured values in, results and assigned values out. */
  readonly piece: Piece;
  /** A buffer for each argument. */
  readonly arguments: readonly Buffer[];
  /** A buffer for each captured value, where the variable keeps it. */
  readonly captured: readonly Buffer[];
  /** A buffer for each assigned value, where the variable keeps it. */
  readonly places: readonly Buffer[];
  /** Buffers that have an address already. */
  readonly placed = new Map<Buffer, number>();
  readonly #captures: readonly Bound<Capture>[];
  readonly #writes: readonly Bound<Write>[];

  constructor(graph: Graph) {
    const { inputs, outputs, captures, writes } = graph;
    this.#captures = captures.map((own) => ({ ...own, slot: slotOf(own.cell, own.place) }));
    this.#writes = writes.map((own) => ({ ...own, slot: slotOf(own.cell, own.place) }));
    const slots = new Map<Slot, Buffer>();
    const bufferOf = (slot: Slot, { spec }: Tensor): Buffer => {
      const buffer = slots.get(slot) ?? new Buffer(spec);
      slots.set(slot, buffer);
      this.placed.set(buffer, slot.address);
      return buffer;
    };
    const assigned = this.#writes.flatMap(({ node, slot }) => (node ? { node, slot } : []));
    this.arguments = inputs.map(({ spec }) => new Buffer(spec));
    this.captured = this.#captures.map(({ slot, node }) => bufferOf(slot, node));
    this.places = assigned.map(({ slot, node }) => bufferOf(slot, node));
    this.piece = {
      ...graph,
      inputs: [...inputs, ...captures.map(({ node }) => node)],
      outputs: [...outputs, ...assigned.map(({ node }) => node)],
    };
  }

  /** The buffers of what goes in, in the order of the piece. */
  get inputs(): readonly Buffer[] {
    return [...this.arguments, ...this.captured];
  }

  /** Brings into memory what was assigned outside. */
  bringIn(): void {
    for (const { cell, place, slot } of this.#captures) bringIn(cell, place, slot);
  }

  /** Tells the variables what the step has assigned. */
  settle(): void {
    for (const { cell, place, node, slot } of this.#writes) {
      if (node) written(cell, place, slot);
      else cell.grad = null;
    }
  }
}
