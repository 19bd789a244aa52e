import { kindOf } from "../arguments.js";
import { checkDTypes } from "../dtype.js";
import { ValueError } from "../errors.js";
import type { Operand } from "../methods/operand.js";
import { named } from "../naming.js";
import type { Tensor } from "../op.js";
import { parseEquation, sidesOf } from "./einsum-equation.js";

/** A tensor with a label for each of its axes. */
interface Term {
  readonly x: Tensor;
  readonly labels: readonly string[];
}

/**
 * The sum of products in Einstein's notation, as in `einsum("ij,jk->ik", a, b)`: operands are
 * multiplied where they share a letter, and letters that the result lacks are summed over.
 *
 * A letter twice in an operand takes its diagonal; without "->" the result has the letters that
 * occur once, in alphabetical order; "..." stands for all other axes, which broadcast. Operands are
 * contracted from left to right, each step one product of matrices: their order decides the cost.
 */
export function einsum(equation: string, ...operands: readonly Operand[]): Tensor {
  if (typeof equation !== "string") {
    throw new ValueError("einsum", `expected an equation, got ${kindOf(equation)}`, {
      fix: 'give it first, as in einsum("ij,jk->ik", a, b)',
    });
  }
  return named("einsum", () => {
    const tensors = operands.map((operand) => operand.asTensor());
    const shapes = tensors.map(({ shape }) => shape);
    const { inputs, output } = parseEquation(equation, shapes);
    checkDTypes("einsum", tensors);
    const sides = sidesOf({ inputs, output }, shapes);
    const terms = tensors.map((x, i) => distinct({ x, labels: inputs[i]! }, sides));
    // A sum over nothing is 0, whatever the other operands hold.
    const nothing = terms.find(({ labels }) =>
      labels.some((label) => sides.get(label) === 0 && !output.includes(label)),
    );
    if (nothing) return nothing.x.sum().broadcastTo(output.map((label) => sides.get(label)!));
    const product = terms.reduce((left, right, i) => {
      const kept = [...output, ...terms.slice(i + 1).flatMap(({ labels }) => labels)];
      return multiplied(left, right, kept);
    });
    const { x, labels } = summed(product, output);
    return x.transpose(output.map((label) => labels.indexOf(label)));
  });
}

/** Each label once: diagonals are taken, and sides of 1 that others make longer are dropped. */
function distinct({ x, labels }: Term, sides: ReadonlyMap<string, number>): Term {
  const broadcast = labels.flatMap((label, i) =>
    x.shape[i] === 1 && sides.get(label) !== 1 ? [i] : [],
  );
  if (broadcast.length > 0) {
    const others = labels.filter((_, i) => !broadcast.includes(i));
    return distinct({ x: x.squeeze(...broadcast), labels: others }, sides);
  }
  const second = labels.findIndex((label, i) => labels.indexOf(label) < i);
  if (second < 0) return { x, labels };
  const first = labels.indexOf(labels[second]!);
  const others = labels.flatMap((_, i) => (i === first || i === second ? [] : [i]));
  const label = labels[first]!;
  const side = x.shape[first]!;
  const rest = others.map((i) => x.shape[i]!);
  // In the elements of a square in a row, those of the diagonal are side + 1 apart.
  const diagonal = x
    .transpose([...others, first, second])
    .reshape([...rest, side * side])
    .slice(...rest.map(() => null), [null, null, side + 1]);
  return distinct({ x: diagonal, labels: [...others.map((i) => labels[i]!), label] }, sides);
}

/** The product of two terms, summed over what nobody needs any more. */
function multiplied(left: Term, right: Term, kept: readonly string[]): Term {
  const a = summed(left, [...kept, ...right.labels]);
  const b = summed(right, [...kept, ...left.labels]);
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const over = shared.filter((label) => !kept.includes(label));
  const along = shared.filter((label) => kept.includes(label));
  const places = (names: readonly string[]) =>
    [a, b].map(({ labels }) => names.map((name) => labels.indexOf(name))) as [number[], number[]];
  const own = ({ labels }: Term) => labels.filter((label) => !shared.includes(label));
  return {
    x: a.x.contract(b.x, { axes: places(over), batch: places(along) }),
    labels: [...along, ...own(a), ...own(b)],
  };
}

/** The sum over all labels but these. */
function summed({ x, labels }: Term, kept: readonly string[]): Term {
  const axes = labels.flatMap((label, i) => (kept.includes(label) ? [] : [i]));
  if (axes.length === 0) return { x, labels };
  return { x: x.sum(axes), labels: labels.filter((label) => kept.includes(label)) };
}
