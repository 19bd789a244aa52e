import { type Key, ops, type Shape } from "../../src/index.js";
import { apply as applyOp } from "../../src/tensor.js";
import { build } from "../support/plain.js";
import type { ErrorCase, OpSamples, Sample } from "../support/sample.js";
import { hash } from "../support/threefry.js";
import { float64, int32 } from "../support/values.js";

/** What is no key is refused, by all that take one. */
export const keyErrors = (op: string, f: (key: Key) => ReturnType<typeof int32>): ErrorCase[] =>
  [int32([1, 2, 3]), float64([1, 2]), int32(7)].map((key) => ({
    title: `a key of ${key.dtype} [${key.shape}]`,
    inputs: [key],
    apply: (key) => f(key!),
    op,
    error: "DTypeError",
    says: ["expected a random key", `${key.dtype} [${key.shape.join(", ")}]`, "key(seed)"],
  }));

const draw = (key: Key, shape: Shape, first: number) =>
  applyOp(ops.threefry, [key], { shape, first });

const sample = (words: readonly [number, number], shape: Shape, first = 0): Sample => ({
  title: `key ${words}, [${shape}] from ${first}`,
  inputs: [int32([...words])],
  apply: (key) => draw(key!, shape, first),
  reference: (key) => {
    const inner = shape.reduce((size, side) => size * side, 1);
    const flat = build([inner, 2], ([i, j]) =>
      Number(BigInt.asIntN(32, hash(key.data, first + i!)[j!]!)),
    );
    return { shape: [...shape, 2], data: flat.data };
  },
  smooth: true,
});

export const threefry: OpSamples = {
  differentiable: false,
  samples: [
    sample([0, 0], []),
    sample([0, 42], [5]),
    sample([-1, -1], [2, 3]),
    sample([123, -456], [0, 3]),
    sample([7, 8], [], 2 ** 32 - 1),
    sample([7, 8], [3], 2 ** 32 - 1),
    ...[0, 1, 3, 4, 17].map((side) => sample([9, -2], [side])),
    sample([2147483647, -2147483648], [4]),
    sample([0, 1], [1, 1]),
    sample([1, 0], [2, 0]),
    sample([3, 3], [2, 2, 2]),
    ...[1, 5, 2 ** 31, 2 ** 33].map((first) => sample([-7, 11], [3], first)),
    sample([-7, 11], [2, 3], 4),
  ],
  specials: [],
  errors: keyErrors("threefry", (key) => draw(key, [2], 0)),
};
