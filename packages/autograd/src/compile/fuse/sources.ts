import { NDArray } from "../../ndarray.js";
import type { Tensor } from "../../op.js";
import { constant } from "../../ops/leaf.js";
import { SCALARS } from "../../spec.js";
import { leaf } from "../../tensor.js";
import { dense, type Layout, viewed } from "../layout.js";
import { loweringOf } from "../lower/table.js";

/** Where the elements of a node are: in the memory of `base`, laid out so. */
export interface Source {
  readonly base: Tensor;
  readonly layout: Layout;
}

/** Looks through movements, which need no memory of their own. */
export class Sources {
  readonly #known = new Map<Tensor, Source>();

  /** The inputs of a piece are what they are, even if it was cut there out of a longer graph. */
  constructor(inputs: readonly Tensor[]) {
    for (const node of inputs) this.#known.set(node, { base: node, layout: dense(node.shape) });
  }

  of(node: Tensor): Source {
    const known = this.#known.get(node);
    if (known) return known;
    const source = this.#through(node) ?? { base: node, layout: dense(node.shape) };
    this.#known.set(node, source);
    return source;
  }

  /** Whether the node is only another way to look at its input. */
  isView(node: Tensor): boolean {
    return this.of(node).base !== node;
  }

  #through(node: Tensor): Source | null {
    if (node.value !== undefined) return repeated(node);
    if (loweringOf(node) !== "view") return null;
    const { base, layout } = this.of(node.inputs[0]!);
    const view = viewed(node, layout);
    return view && { base, layout: view };
  }
}

/** A number that stands at every element is one number, and needs no memory for the others. */
function repeated({ value, shape, dtype }: Tensor): Source | null {
  if (!(value instanceof NDArray) || value.size === 0) return null;
  const { data, offset, strides } = value;
  if (strides.some((stride, axis) => stride !== 0 && shape[axis]! > 1)) return null;
  const base = leaf(constant, SCALARS[dtype], data[offset]!);
  return { base, layout: { shape, strides: shape.map(() => 0), offset: 0 } };
}
