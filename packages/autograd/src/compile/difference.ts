import { asArray } from "../execute.js";
import { showNumber } from "../inspect/describe.js";
import { Operand } from "../methods/operand.js";
import { NDArray, type Value } from "../ndarray.js";
import type { Tensor } from "../op.js";
import { sameShape, showShape } from "../shape.js";
import type { Graph, Piece } from "../trace/graph.js";

/** What has changed between two recordings of a function. */
export interface Difference {
  readonly problem: string;
  /** The node of the second recording that uses what changed. */
  readonly user: Tensor | undefined;
  /** Whether a number has changed, and not what is computed. */
  readonly constant: boolean;
}

/** The first difference between what a function recorded before and what it records now. */
export function differenceOf(before: Graph, now: Graph): Difference | null {
  return changedState(before, now) ?? new Comparison().piece(before, now);
}

function changedState(before: Graph, now: Graph): Difference | null {
  const changed = (what: string) => ({
    problem: `the function now ${what}; the compiled function stays as it was traced`,
    user: undefined,
    constant: false,
  });
  const same = <T>(a: readonly T[], b: readonly T[], equal: (x: T, y: T) => boolean) =>
    a.length === b.length && a.every((x, i) => equal(x, b[i]!));
  const isSamePlace = (a: Graph["writes"][number], b: Graph["writes"][number]) =>
    a.cell === b.cell && a.place === b.place && (a.node === null) === (b.node === null);
  if (!same(before.captures, now.captures, (a, b) => a.cell === b.cell && a.place === b.place)) {
    return changed("reads other variables");
  }
  if (!same(before.writes, now.writes, isSamePlace)) return changed("assigns other variables");
  return null;
}

/** Two pieces side by side. */
class Comparison {
  /** What the nodes of the first piece correspond to in the second. */
  readonly #pairs = new Map<Tensor, Tensor>();

  piece(before: Piece, now: Piece): Difference | null {
    for (const [i, node] of givenTo(before).entries()) this.#pairs.set(node, givenTo(now)[i]!);
    for (const [i, node] of before.free.entries()) {
      const other = now.free[i];
      if (other && isSameSpec(node, other)) this.#pairs.set(node, other);
    }
    for (const [i, node] of before.body.entries()) {
      const other = now.body[i];
      if (!other || !this.#isSame(node, other)) return changedNode(node, other);
      this.#pairs.set(node, other);
    }
    const [extra] = now.body.slice(before.body.length);
    if (extra) return changedNode(undefined, extra);
    const at = before.outputs.findIndex((node, i) => this.#pairs.get(node) !== now.outputs[i]);
    return at < 0 ? changedConstant(before, now) : changedNode(before.outputs[at], now.outputs[at]);
  }

  #isSame(node: Tensor, other: Tensor): boolean {
    return (
      node.op.name === other.op.name &&
      isSameSpec(node, other) &&
      node.inputs.length === other.inputs.length &&
      node.inputs.every((input, i) => this.#pairs.get(input) === other.inputs[i]) &&
      sameAttributes(node.attrs, other.attrs)
    );
  }
}

/** Arguments, and after them what is read besides. */
const givenTo = (piece: Piece): readonly Tensor[] =>
  "captures" in piece
    ? [...piece.inputs, ...(piece as Graph).captures.map(({ node }) => node)]
    : piece.inputs;

const isSameSpec = (a: Tensor, b: Tensor): boolean =>
  a.dtype === b.dtype && sameShape(a.shape, b.shape);

/** The number or tensor that was written down, where it has only been repeated. */
const given = (node: Tensor): Tensor =>
  node.op.name === "broadcastTo" ? given(node.inputs[0]!) : node;

/** The first constant that has another value: the recordings are the same but for such. */
function changedConstant(before: Piece, now: Piece): Difference | null {
  const i = before.free.findIndex((node, i) => !sameValue(node.value!, now.free[i]!.value!));
  if (i < 0) return null;
  const user = now.body.find(({ inputs }) => inputs.includes(now.free[i]!));
  const [own, other] = [given(before.free[i]!), given(now.free[i]!)];
  const kind = other.rank === 0 ? "number" : `tensor ${showShape(other.shape)}`;
  const name = other.label === undefined ? `a ${kind}` : `the constant ${other.label}`;
  const [was, is] = [own, other].map(({ value, spec }) => asArray(value!, spec).toTypedArray());
  const at = was!.findIndex((x, element) => !Object.is(x, is![element]));
  const element = other.rank === 0 ? "" : ` at element ${at}`;
  const change =
    `${name}${user ? ` in ${user.op.name}` : ""} was ${showNumber(was![at]!)}${element} when the ` +
    `function was traced and is ${showNumber(is![at]!)} now`;
  return { problem: `${change}; the compiled function keeps the old one`, user, constant: true };
}

function changedNode(before: Tensor | undefined, now: Tensor | undefined): Difference {
  const show = (node: Tensor | undefined) =>
    node ? `${node.op.name} ${node.dtype} ${showShape(node.shape)}` : "nothing more";
  const [was, is] = [show(before), show(now)];
  const what = was === is ? `${is} with other operands or attributes` : `${is} for ${was}`;
  return {
    problem: `the function now records ${what}; the compiled function stays as it was traced`,
    user: now,
    constant: false,
  };
}

/** Whether two values are the same to the bit, as far as numbers can tell. */
function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (!(a instanceof NDArray) || !(b instanceof NDArray)) return Object.is(a, b);
  if (a.data === b.data && a.offset === b.offset) return true;
  const [x, y] = [a.toTypedArray(), b.toTypedArray()];
  return x.every((own, i) => Object.is(own, y[i]));
}

/** Attributes are numbers, lists and records of them, pieces of graphs, and rules. */
function sameAttributes(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || typeof a === "function") return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  if (a instanceof Operand) return true; // compared where it is used
  if ("body" in a) return "body" in b && new Comparison().piece(a as Piece, b as Piece) === null;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => sameAttributes(a[key as keyof typeof a], b[key as keyof typeof b]))
  );
}
