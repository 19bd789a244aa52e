import { ShapeError, ValueError } from "../errors.js";
import { type Shape, showShape } from "../shape.js";

/** An equation as labels: one for each axis of the operands and of the result. */
export interface Equation {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
}

const TERM = /^([A-Za-z]*)(\.\.\.)?([A-Za-z]*)$/;

/** Reads an equation for operands of these shapes; the axes of "..." get labels of their own. */
export function parseEquation(equation: string, shapes: readonly Shape[]): Equation {
  const [left, right, ...others] = equation.replaceAll(" ", "").split("->");
  const terms = left!.split(",");
  const wrong = [...terms, right ?? "", ...others].find((term) => !TERM.test(term));
  if (wrong !== undefined || others.length > 0) {
    const part = wrong === undefined ? "more than one ->" : `"${wrong}"`;
    throw new ValueError("einsum", `${part} in "${equation}"`, {
      fix: 'write letters for axes, as in "ij,jk->ik", and "..." for all others',
    });
  }
  if (terms.length !== shapes.length) {
    const counts = `${terms.length} terms, but ${shapes.length} operands`;
    throw new ValueError("einsum", `"${equation}" has ${counts}`, {
      shapes,
      fix: "separate the terms by commas, one for each operand",
    });
  }
  const inputs = terms.map((term, i) => labelsOf(term, shapes[i]!, i));
  const all = inputs.flat();
  // "...2" is the third from the end of the axes that "..." stands for: shorter ones broadcast.
  const dots = inputs
    .map((labels) => labels.filter(isDots))
    .reduce((longest, list) => (list.length > longest.length ? list : longest));
  if (right === undefined) {
    const single = all.filter((label) => all.indexOf(label) === all.lastIndexOf(label));
    return { inputs, output: [...dots, ...single.filter((label) => !isDots(label)).sort()] };
  }
  const [, before, middle, after] = TERM.exec(right)!;
  checkOutput(equation, [...before!, ...after!], all);
  return { inputs, output: [...before!, ...(middle ? dots : []), ...after!] };
}

const isDots = (label: string): boolean => label.startsWith(".");

function labelsOf(term: string, shape: Shape, operand: number): readonly string[] {
  const [, before, middle, after] = TERM.exec(term)!;
  const letters = [...before!, ...after!].length;
  const rest = shape.length - letters;
  if (rest === 0 || (middle && rest > 0)) {
    const dots = Array.from({ length: rest }, (_, i) => `...${rest - 1 - i}`);
    return [...before!, ...dots, ...after!];
  }
  const problem = `"${term}" names ${letters} axes, operand ${operand} is ${showShape(shape)}`;
  throw new ShapeError("einsum", problem, {
    shapes: [shape],
    fix: `name ${shape.length} axes, or write "..." for those without a letter`,
  });
}

function checkOutput(equation: string, letters: readonly string[], known: readonly string[]): void {
  for (const [i, letter] of letters.entries()) {
    if (known.includes(letter) && letters.indexOf(letter) === i) continue;
    const problem = known.includes(letter) ? "stands twice in the result" : "is in no operand";
    throw new ValueError("einsum", `${letter} ${problem} of "${equation}"`, {
      fix: "the result names letters of the operands, each once",
    });
  }
}

/** How long the axes of each label are; sides of 1 broadcast, except along a diagonal. */
export function sidesOf({ inputs }: Equation, shapes: readonly Shape[]): Map<string, number> {
  const sides = new Map<string, number>();
  for (const [i, labels] of inputs.entries()) {
    const shape = shapes[i]!;
    for (const [axis, label] of labels.entries()) {
      const side = shape[axis]!;
      const first = shape[labels.indexOf(label)]!;
      const known = side === first ? (sides.get(label) ?? 1) : first;
      if (side !== first || (side !== known && side !== 1 && known !== 1)) {
        const where = `axis ${axis} of operand ${i}, ${showShape(shape)}`;
        throw new ShapeError("einsum", `${label} is ${known}, but ${side} at ${where}`, {
          shapes,
          axis,
          fix: "axes with one letter must be equally long; a side of 1 broadcasts",
        });
      }
      if (known === 1) sides.set(label, side);
    }
  }
  return sides;
}
