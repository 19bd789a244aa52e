import { movement } from "../support/movement.js";
import { float64 } from "../support/values.js";

/** A matrix and its k-th diagonal, of the given length. */
const ofMatrix = (shape: readonly number[], k: number, length: number) => ({
  title: `of [${shape}], k = ${k}`,
  shape,
  apply: (x: ReturnType<typeof float64>) => x.diag(k),
  result: [length],
  from: ([i]: readonly number[]) => (k < 0 ? [i! - k, i!] : [i!, i! + k]),
});

/** A vector of this length and the matrix around it. */
const ofVector = (length: number, k: number) => ({
  title: `with [${length}], k = ${k}`,
  shape: [length],
  apply: (x: ReturnType<typeof float64>) => x.diag(k),
  result: [length + Math.abs(k), length + Math.abs(k)],
  from: ([i, j]: readonly number[]) => (j! - i! === k ? [Math.min(i!, j!)] : null),
});

export const diag = movement(
  "diag",
  [
    ofMatrix([3, 3], 0, 3),
    ofMatrix([2, 4], 0, 2),
    ofMatrix([4, 2], 0, 2),
    ofMatrix([3, 4], 2, 2),
    ofMatrix([3, 4], -1, 2),
    ofMatrix([3, 4], -2, 1),
    ofMatrix([3, 4], 4, 0),
    ofMatrix([3, 4], -7, 0),
    ofMatrix([0, 3], 0, 0),
    ofMatrix([1, 1], 0, 1),
    ofVector(3, 0),
    ofVector(1, 0),
    ofVector(2, 2),
    ofVector(2, -1),
    ofVector(0, 0),
    ofVector(0, 2),
    ofVector(0, -2),
  ],
  {
    leastRank: 1,
    errors: [
      {
        title: "a batch",
        inputs: [float64([[[1]]])],
        apply: (x) => x!.diag(),
        error: "ShapeError",
        says: ["[1, 1, 1]", "neither a vector nor a matrix"],
      },
      {
        title: "half a diagonal",
        inputs: [float64([1])],
        apply: (x) => x!.diag(0.5),
        error: "ValueError",
        says: ["k is 0.5", "an integer"],
      },
    ],
  },
);
