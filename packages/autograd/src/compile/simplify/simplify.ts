import type { Op, Tensor } from "../../op.js";
import * as ops from "../../ops/index.js";
import { stopGradient } from "../../ops/stopGradient.js";
import { sameShape } from "../../shape.js";
import { between, type Piece } from "../../trace/graph.js";
import { detoured } from "./dtypes.js";
import { inlined } from "./inline.js";
import { withInputs } from "./rebuild.js";
import { swapped } from "./swapped.js";

/**
 * The same results with fewer nodes: calls are inlined, equal nodes become one, what does nothing
 * goes. No rule changes a bit: x + 0 stays, since −0 + 0 is 0.
 */
export function simplify(piece: Piece): Piece {
  const { inputs, body, outputs } = detoured(inlined(piece));
  const known = new Map<Tensor, Tensor>();
  const unique = new Uniques();
  const uses = usesOf(body, outputs);
  const border = new Set(inputs);
  const turned = (node: Tensor, own: Tensor): Tensor | null =>
    uses.get(node.inputs[0]!) === 1 ? swapped(own, border) : null;
  const meaning = (node: Tensor): Tensor => {
    const found = known.get(node);
    if (found) return found;
    const own = unique.constant(node);
    known.set(node, own);
    return own;
  };
  for (const node of body) {
    const own = withInputs(node, node.inputs.map(meaning));
    const other = isBuiltIn(own.op) ? (idle(own) ?? turned(node, own)) : null;
    known.set(node, other ?? unique.node(own));
  }
  return between(inputs, outputs.map(meaning));
}

/** How often each node is read. */
function usesOf(body: readonly Tensor[], outputs: readonly Tensor[]): Map<Tensor, number> {
  const uses = new Map<Tensor, number>();
  const use = (node: Tensor) => uses.set(node, (uses.get(node) ?? 0) + 1);
  for (const node of body) node.inputs.forEach(use);
  outputs.forEach(use);
  return uses;
}

/** What a node is if it does nothing, or null. */
function idle({ op, inputs, attrs, spec }: Tensor): Tensor | null {
  const [x, y] = inputs;
  switch (op.name) {
    case stopGradient.name:
      return x!;
    case "cast":
      return x!.dtype === spec.dtype ? x! : null;
    case "reshape":
    case "broadcastTo":
      return sameShape(x!.shape, spec.shape) ? x! : null;
    case "transpose": {
      const { order } = attrs as { readonly order: readonly number[] };
      return order.every((axis, i) => axis === i) ? x! : null;
    }
    case "mul":
      return isOne(y!) ? x! : isOne(x!) ? y! : null;
    case "div":
      return isOne(y!) ? x! : null;
    case "sum":
      return (attrs as { axes: number[] }).axes.length === 0 ? x! : null;
    default:
      return null;
  }
}

/**
 * Whether equal inputs and attributes make equal nodes. An alias is a border that has to stay, the
 * filling of a pad may be a number that JSON does not know, other ops may do what they like.
 */
const isUnderstood = (op: Op): boolean => isBuiltIn(op) && op.name !== "alias" && op.name !== "pad";

const isBuiltIn = (op: Op): boolean => (ops as Readonly<Record<string, Op>>)[op.name] === op;

/** Whether every element is the number 1, as far as can be seen without looking at many. */
function isOne({ op, value, inputs }: Tensor): boolean {
  return op.name === "broadcastTo" ? isOne(inputs[0]!) : value === 1;
}

/** Finds nodes again by what they compute. */
class Uniques {
  readonly #ids = new Map<Tensor, number>();
  readonly #known = new Map<string, Tensor>();

  constant(node: Tensor): Tensor {
    const { value, dtype } = node;
    if (typeof value !== "number" || node.label !== undefined) return node;
    return this.#first(`${dtype} ${Object.is(value, -0) ? "-0" : value}`, node);
  }

  node(node: Tensor): Tensor {
    const { op, inputs, attrs } = node;
    if (!isUnderstood(op)) return node;
    const key = attrs === undefined ? "" : JSON.stringify(attrs);
    return this.#first(`${op.name}(${inputs.map((input) => this.#id(input))})${key}`, node);
  }

  #id(node: Tensor): number {
    const id = this.#ids.get(node);
    if (id !== undefined) return id;
    this.#ids.set(node, this.#ids.size);
    return this.#ids.size - 1;
  }

  #first(key: string, node: Tensor): Tensor {
    const found = this.#known.get(key);
    if (found) return found;
    this.#known.set(key, node);
    return node;
  }
}
