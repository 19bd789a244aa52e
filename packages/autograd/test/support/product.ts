import { at, build, exactSum, indicesOf, type Plain } from "./plain.js";

/**
 * A sum of products in Einstein's notation, "ij,jk->ik", by walking every index of every letter:
 * slow, and unlike any kernel.
 */
export function einsum(notation: string): (...x: Plain[]) => Plain {
  const [inputs, output] = notation.split("->") as [string, string];
  const terms = inputs.split(",");
  return (...x) => {
    const sides = new Map<string, number>();
    for (const [i, { shape }] of x.entries()) {
      for (const [axis, letter] of [...terms[i]!].entries()) {
        // A side of 1 is repeated as often as the other operands ask.
        if (shape[axis] !== 1 || !sides.has(letter)) sides.set(letter, shape[axis]!);
      }
    }
    const summed = [...sides.keys()].filter((letter) => !output.includes(letter));
    const size = (letters: readonly string[]) => letters.map((letter) => sides.get(letter)!);
    return build(size([...output]), (index) => {
      const products = indicesOf(size(summed)).map((rest) => {
        const place = (letter: string) =>
          output.includes(letter) ? index[output.indexOf(letter)]! : rest[summed.indexOf(letter)]!;
        return x.reduce((product, one, i) => product * at(one, [...terms[i]!].map(place)), 1);
      });
      return exactSum(products);
    });
  };
}
