import {
  type Collected,
  collect,
  contributionOf,
  contributionsOf,
  flows,
  type Pullback,
} from "../differentiate/pullback.js";
import { inputsAt } from "../differentiate/topology.js";
import { ValueError } from "../errors.js";
import { asArray } from "../execute.js";
import type { Tensor } from "../op.js";
import { noGrad } from "../recording.js";
import { type Shape, showShape, sizeOf, stridesOf } from "../shape.js";

/** One step of backpropagation: a node hands its gradient on to its inputs. */
export interface BackpropStep {
  readonly index: number;
  readonly node: Tensor;
  /** The name of the node's operation. */
  readonly op: string;
  /** The operation in textbook notation. */
  readonly formula: string;
  /** The gradient of the loss by this node: all contributions to it are in. */
  readonly upstream: number | Tensor;
  /** The gradients by all results of a node that has several; `upstream` is the first of them. */
  readonly results?: readonly (number | Tensor | undefined)[];
  readonly inputs: readonly BackpropInput[];
}

/** What one slot of a step contributes to the gradient of the node at its other end. */
export interface BackpropInput {
  readonly node: Tensor;
  readonly slot: number;
  /** The derivative rule of this slot in textbook notation. */
  readonly rule: string;
  /** The local derivative, a number for scalars; for tensors the rule with its shapes. */
  readonly local: number | string;
  readonly contribution: number | Tensor;
  /** What the input's gradient was before this contribution, and is with it. */
  readonly sumBefore: number | Tensor;
  readonly sumAfter: number | Tensor;
  /** Writes one element of the contribution out as a sum of `local · upstream`. */
  element(index: readonly number[]): ElementExpansion;
}

/** One element of a contribution: the terms `local · upstream` that it is the sum of. */
export interface ElementExpansion {
  readonly terms: readonly {
    /** Where in the output the term comes from. */
    readonly output: readonly number[];
    readonly local: number;
    readonly upstream: number;
    readonly product: number;
  }[];
  readonly contribution: number;
}

/** At most so many elements of an output are expanded: beyond, nobody reads the sum. */
const LARGEST_EXPANSION = 64;

/** The steps of a backward pass, in the order in which it took them. */
export function stepsOf(pass: Pullback): BackpropStep[] {
  return noGrad(() => {
    const { nodes, cotangentAt } = pass;
    const ledger: Ledger = new Array(nodes.length);
    const several: Collected = new Map();
    const steps: BackpropStep[] = [];
    for (let at = nodes.length - 1; at >= 0; at--) {
      const node = nodes[at]!;
      const all = several.get(at);
      const g = all?.find((own) => own) ?? cotangentAt(at);
      if (!g) continue;
      if (node.op.pick) {
        collect(several, pass, at, node, g);
        continue;
      }
      const inputs = all ? sentByAll(pass, ledger, at, all) : sentBy(pass, ledger, at, g);
      if (inputs.length === 0) continue;
      steps.push({
        index: steps.length,
        node,
        op: node.op.name,
        formula: node.op.formula.forward,
        upstream: numberOr(g),
        ...(all && { results: all.map((own) => own && numberOr(own)) }),
        inputs,
      });
    }
    return steps;
  });
}

/** What each node has got so far. */
type Ledger = (Tensor | undefined)[];

function sentBy(pass: Pullback, ledger: Ledger, at: number, g: Tensor): BackpropInput[] {
  const node = pass.nodes[at]!;
  const places = inputsAt(pass, at);
  return node.inputs.flatMap((input, slot) => {
    if (!pass.needed[places[slot]!] || !flows(node, slot)) return [];
    const contribution = contributionOf(node, slot, g);
    return {
      node: input,
      slot,
      ...derivativeOf(node, slot),
      ...entered(ledger, places[slot]!, contribution),
      element: (index) => expand(node, slot, g, contribution, index),
    };
  });
}

/** The same for a node of several results, whose rule answers for all slots at once. */
function sentByAll(
  pass: Pullback,
  ledger: Ledger,
  at: number,
  g: readonly (Tensor | undefined)[],
): BackpropInput[] {
  const node = pass.nodes[at]!;
  const places = inputsAt(pass, at);
  const asked = Array.from(places, (place) => pass.needed[place] === 1);
  const rule = node.op.formula.vjp[0]!;
  const element = () => {
    throw new ValueError(node.op.name, "a node of several results is not written out", {
      fix: "write the same without it: an unrolled loop, a function without a checkpoint",
    });
  };
  return contributionsOf(node, g, asked).flatMap((contribution, slot) => {
    if (!contribution || !asked[slot]) return [];
    const local = `${rule}, to ${showShape(contribution.shape)}`;
    const sums = entered(ledger, places[slot]!, contribution);
    return { node: node.inputs[slot]!, slot, rule, local, ...sums, element };
  });
}

/** Enters a contribution into the running sum of the node that gets it. */
function entered(ledger: Ledger, place: number, contribution: Tensor) {
  const before = ledger[place];
  const after = before ? before.add(contribution) : contribution;
  ledger[place] = after;
  return {
    contribution: numberOr(contribution),
    sumBefore: before ? numberOr(before) : 0,
    sumAfter: numberOr(after),
  };
}

const numberOr = (x: Tensor): number | Tensor => (x.rank === 0 ? x.item() : x);

function derivativeOf(node: Tensor, slot: number): Pick<BackpropInput, "rule" | "local"> {
  const { vjp } = node.op.formula;
  const rule = vjp[Math.min(slot, vjp.length - 1)]!;
  const isScalar = node.rank === 0 && node.inputs[slot]!.rank === 0;
  if (isScalar) return { rule, local: contributionOf(node, slot, node.constantLike(1)).item() };
  const shapes = `ȳ ${showShape(node.shape)} to ${showShape(node.inputs[slot]!.shape)}`;
  return { rule, local: `${rule}, ${shapes}` };
}

function expand(
  node: Tensor,
  slot: number,
  g: Tensor,
  contribution: Tensor,
  index: readonly number[],
): ElementExpansion {
  if (node.size > LARGEST_EXPANSION) {
    throw new ValueError(node.op.name, `${node.size} output elements are too many to write out`, {
      shapes: [node.shape],
      fix: `expand operations of at most ${LARGEST_EXPANSION} output elements`,
    });
  }
  const at = offsetOf(index, contribution.shape);
  const upstream = asArray(g.value!, g).contiguous().data;
  const terms = Array.from({ length: node.size }, (_, output) => {
    const basis = Array.from({ length: node.size }, (_, at) => +(at === output));
    const row = noGrad(() => contributionOf(node, slot, node.constantLike(basis)));
    const local = row.toTypedArray()[at]!;
    return { output: indexOf(output, node.shape), local, upstream: upstream[output]! };
  });
  return {
    terms: terms
      .filter(({ local }) => local !== 0)
      .map((term) => ({ ...term, product: term.local * term.upstream })),
    contribution: contribution.toTypedArray()[at]!,
  };
}

function offsetOf(index: readonly number[], shape: Shape): number {
  const inside =
    index.length === shape.length &&
    index.every((i, axis) => Number.isInteger(i) && i >= 0 && i < shape[axis]!);
  if (inside) return stridesOf(shape).reduce((at, stride, axis) => at + stride * index[axis]!, 0);
  throw new ValueError("element", `[${index}] is no element of shape ${showShape(shape)}`, {
    shapes: [shape],
    fix: `give ${shape.length} places, one for each axis`,
  });
}

const indexOf = (offset: number, shape: Shape): number[] =>
  shape.map((side, axis) => Math.floor(offset / sizeOf(shape.slice(axis + 1))) % side);
