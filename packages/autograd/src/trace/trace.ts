import { checkFunction } from "../arguments.js";
import { TraceError } from "../errors.js";
import { own } from "../marks.js";
import type { Tensor } from "../op.js";
import { placeholder } from "../ops/leaf.js";
import { leaf } from "../tensor.js";
import { leavesOf, mapTree, type Tree, type TreeOf } from "../tree.js";
import { type Cell, type Effects, effects, guarded, withEffects } from "./effects.js";
import { between, type Capture, type Graph, type Write } from "./graph.js";

/** A traced function: its graph, and the nesting of its result with nodes as leaves. */
export interface Traced<R> {
  readonly graph: Graph;
  readonly result: TreeOf<R, Tensor>;
}

/**
 * Runs `f` on placeholders of the shapes and dtypes of `inputs` and returns what it recorded. No
 * value is computed, no variable changes: reads and writes become part of the graph.
 */
export function trace<A extends readonly Tree[], R extends Tree>(
  f: (...inputs: A) => R,
  ...inputs: A
): Traced<R> {
  const own = mapTree(inputs as unknown, (input) => input.placeholderLike(), "trace");
  return traceOn("trace", f, own as readonly unknown[]);
}

/**
 * `trace` on given placeholders, for callers that know the types better than the compiler; `op` is
 * whose function it is.
 */
export function traceOn<R = unknown>(op: string, f: unknown, own: readonly unknown[]): Traced<R> {
  checkFunction(op, f);
  const untyped = f as (...inputs: readonly unknown[]) => unknown;
  const state = new TracedState(op);
  return withEffects(state, () => {
    const result = mapTree(untyped(...own), (output) => output.asTensor(), op);
    const outputs = leavesOf(result).map((output) => output.asTensor());
    const { captures, guards } = state;
    const writes = state.writes();
    const inputs = leavesOf(own).map((input) => input.asTensor());
    const given = [...inputs, ...captures.map(({ node }) => node)];
    const piece = between(given, [...outputs, ...writes.flatMap(({ node }) => node ?? [])]);
    const graph: Graph = { ...piece, inputs, outputs, captures, writes, guards };
    return { graph, result: result as TreeOf<R, Tensor> };
  });
}

/** Whether a cell has a gradient, as a static value to guard on. */
export class GradientIsNull {
  constructor(readonly cell: Cell) {}

  get value(): boolean {
    return !this.cell.hasGrad;
  }
}

/** Each cell's value and gradient as the trace has left them so far. */
class TracedState implements Effects {
  readonly captures: Capture[] = [];
  readonly guards: { cell: { readonly value: unknown }; value: unknown }[] = [];
  /** What was in force before the trace: where static values are read. */
  readonly #outer = effects();
  readonly #values = new Map<Cell, Tensor>();
  readonly #gradients = new Map<Cell, Tensor | null>();
  readonly #assigned = new Set<Cell>();

  /** `op` is whose function is traced. */
  constructor(readonly op: string) {}

  read(cell: Cell): Tensor {
    return this.#values.get(cell) ?? this.#capture(cell, "value");
  }

  assign(cell: Cell, value: Tensor): void {
    this.#assigned.add(cell);
    this.#values.set(cell, own(value, cell));
  }

  grad(cell: Cell): Tensor | null {
    const known = this.#gradients.get(cell);
    if (known !== undefined) return known;
    // Whether there is a gradient at the start is part of the graph's signature.
    const isNull = this.guard(new GradientIsNull(cell));
    const gradient = isNull ? null : this.#capture(cell, "grad");
    this.#gradients.set(cell, gradient);
    return gradient;
  }

  setGrad(cell: Cell, gradient: Tensor | null): void {
    this.#gradients.set(cell, gradient);
  }

  create(op: string): void {
    this.#outer?.create(op);
    if (this.op !== "compile") return;
    throw new TraceError(op, "a variable is made inside a compiled function", {
      fix: "make it outside, once, so that every call finds it; for a mere number use tensor(...)",
    });
  }

  guard<T>(cell: { readonly value: T }): T {
    const value = withEffects(this.#outer, () => guarded(cell));
    this.guards.push({ cell, value });
    return value;
  }

  writes(): Write[] {
    const values = [...this.#assigned].map(
      (cell): Write => ({ cell, place: "value", node: this.#values.get(cell)! }),
    );
    const gradients = [...this.#gradients].map(
      ([cell, node]): Write => ({ cell, place: "grad", node }),
    );
    return [...values, ...gradients];
  }

  #capture(cell: Cell, place: Capture["place"]): Tensor {
    const node = leaf(placeholder, cell, undefined);
    this.captures.push({ cell, place, node });
    if (place === "value") this.#values.set(cell, own(node, cell));
    return node;
  }
}
