import { at, build, exactSum, indicesOf, type Plain } from "./plain.js";

/**
 * A sum of products in Einstein's notation, "ij,jk->ik", by walking every index of every letter:
 * slow, and unlike any kernel.
 */
export function einsum(notation: string): (a: Plain, b: Plain) => Plain {
  const [inputs, output] = notation.split("->") as [string, string];
  const terms = inputs.split(",") as [string, string];
  return (a, b) => {
    const sides = new Map<string, number>();
    for (const [i, { shape }] of [a, b].entries()) {
      for (const [axis, letter] of [...terms[i]!].entries()) {
        // A side of 1 is repeated as often as the other operand asks.
        sides.set(
          letter,
          Math.max(shape[axis]! === 1 ? (sides.get(letter) ?? 1) : shape[axis]!, 0),
        );
      }
    }
    const summed = [...sides.keys()].filter((letter) => !output.includes(letter));
    const size = (letters: readonly string[]) => letters.map((letter) => sides.get(letter)!);
    return build(size([...output]), (index) => {
      const products = indicesOf(size(summed)).map((rest) => {
        const place = (letter: string) =>
          output.includes(letter) ? index[output.indexOf(letter)]! : rest[summed.indexOf(letter)]!;
        return at(a, [...terms[0]].map(place)) * at(b, [...terms[1]].map(place));
      });
      return exactSum(products);
    });
  };
}
