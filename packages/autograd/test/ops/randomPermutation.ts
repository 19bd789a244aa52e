import { permutation } from "../../src/index.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { bits, hash } from "../support/threefry.js";
import { int32 } from "../support/values.js";
import { keyErrors } from "./threefry.js";

/** One round, enough up to 1,625: positions sorted by the bits of the second child key. */
const sample = (count: number, key: readonly [number, number] = [-5, 9]): Sample => ({
  title: `${count} numbers under ${key}`,
  inputs: [int32([...key])],
  apply: (key) => permutation(key!, count),
  reference: (key) => {
    const child = hash(key.data, 1).map(Number);
    const words = Array.from({ length: count }, (_, i) => [bits(child, i), i] as const);
    const data = words.toSorted(([a], [b]) => a - b).map(([, i]) => i);
    return { shape: [count], data: count > 1 ? data : data.map((_, i) => i) };
  },
  smooth: true,
});

export const randomPermutation: OpSamples = {
  differentiable: false,
  samples: [
    ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17, 100, 256, 257, 1000].map((count) => sample(count)),
    sample(5, [0, 0]),
    sample(5, [0, 1]),
    sample(5, [-1, 2147483647]),
    sample(17, [-2147483648, -1]),
  ],
  specials: [],
  errors: [
    ...keyErrors("permutation", (key) => permutation(key, 3)),
    {
      title: "half a number",
      inputs: [int32([0, 1])],
      apply: (key) => permutation(key!, 2.5),
      error: "ShapeError",
      says: ["2.5", "integer"],
      op: "permutation",
    },
  ],
};
