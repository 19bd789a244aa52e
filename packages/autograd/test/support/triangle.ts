import type { Tensor } from "../../src/index.js";
import { movement } from "./movement.js";
import type { OpSamples } from "./sample.js";
import { float64, inf, nan } from "./values.js";

/** The record of a function that keeps one side of a diagonal and clears the other. */
export function triangle(
  name: "tril" | "triu",
  f: (x: Tensor, k?: number) => Tensor,
  isKept: (row: number, column: number, k: number) => boolean,
): OpSamples {
  /** So far off that nothing is kept. */
  const away = name === "tril" ? -1 : 1;
  const move = (shape: readonly number[], k?: number) => ({
    title: `[${shape}], k = ${k ?? "default"}`,
    shape,
    apply: (x: Tensor) => f(x, k),
    result: shape,
    from: (index: readonly number[]) => {
      const [row, column] = index.slice(-2) as [number, number];
      return isKept(row, column, k ?? 0) ? index : null;
    },
  });
  return movement(
    name,
    [
      move([3, 3]),
      move([2, 4], 1),
      move([4, 2], -1),
      move([3, 3], 5),
      move([3, 3], -5),
      move([2, 3, 3]),
      move([1, 1], 0),
      move([0, 3]),
      move([2, 0], 1),
    ],
    {
      leastRank: 2,
      specials: [
        {
          title: "what is cleared is 0, whatever it was",
          inputs: [float64([[nan]]), float64([[inf]])],
          apply: (x, y) => f(x!, away).add(f(y!, away)),
          value: [[0]],
          gradient: [[[0]], [[0]]],
        },
      ],
      errors: [
        {
          title: "a vector",
          inputs: [float64([1, 2])],
          apply: (x) => f(x!),
          error: "ShapeError",
          says: ["[2]", "rows and columns"],
        },
        {
          title: "half a diagonal",
          inputs: [float64([[1]])],
          apply: (x) => f(x!, 0.5),
          error: "ValueError",
          says: ["k is 0.5", "an integer"],
        },
      ],
    },
  );
}
