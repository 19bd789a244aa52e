import { topology } from "../differentiate/topology.js";
import type { Tensor } from "../op.js";
import type { Cell } from "./effects.js";

/** A piece of a graph: the nodes that lie between some inputs and some outputs. */
export interface Piece {
  readonly inputs: readonly Tensor[];
  /** Every node that is computed from the inputs, in an order in which they can be. */
  readonly body: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /** What it uses besides: nodes that do not depend on the inputs. */
  readonly free: readonly Tensor[];
}

/**
 * A function as a graph: what compiling, replaying and transforming start from. Its inputs are the
 * placeholders of the arguments, in the order of the leaves; its outputs the leaves of the result.
 */
export interface Graph extends Piece {
  /** The placeholders that stand for variables and gradients, and where to read them. */
  readonly captures: readonly Capture[];
  /** What is written back after all of it was computed. */
  readonly writes: readonly Write[];
  /** Static values that the graph depends on, as they were. */
  readonly guards: readonly {
    readonly cell: { readonly value: unknown };
    readonly value: unknown;
  }[];
}

/** The nodes between `inputs`, beneath which nothing is looked at, and `outputs`. */
export function between(inputs: readonly Tensor[], outputs: readonly Tensor[]): Piece {
  const border = new Set(inputs);
  const { nodes, edges, starts } = topology(outputs, border);
  const depends = new Uint8Array(nodes.length);
  const free = new Set<Tensor>();
  const body: Tensor[] = [];
  for (const [at, node] of nodes.entries()) {
    const places = edges.subarray(starts[at], starts[at + 1]);
    const isInput = border.has(node);
    if (!isInput && !places.some((place) => depends[place])) continue;
    depends[at] = 1;
    if (isInput) continue;
    body.push(node);
    for (const place of places) if (!depends[place]) free.add(nodes[place]!);
  }
  const dependent = new Set([...border, ...body]);
  for (const node of outputs) if (!dependent.has(node)) free.add(node);
  return { inputs, body, outputs, free: [...free] };
}

type Place = "value" | "grad";

export interface Capture {
  readonly cell: Cell;
  readonly place: Place;
  readonly node: Tensor;
}

export interface Write {
  readonly cell: Cell;
  readonly place: Place;
  readonly node: Tensor | null;
}

/** What a captured placeholder stands for at present. */
export const readCapture = ({ cell, place }: Capture): Tensor =>
  place === "grad" ? cell.grad! : cell.leaf;

/** Writes results back to where the graph says, in its order; `null` takes none. */
export function writeBack(writes: readonly Write[], results: readonly Tensor[]): void {
  let next = 0;
  for (const { cell, place, node } of writes) {
    const value = node && results[next++]!;
    if (place === "grad") cell.grad = value;
    else cell.assign(value!);
  }
}
