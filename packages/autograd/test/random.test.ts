import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  bernoulli,
  foldIn,
  key,
  normal,
  ops,
  permutation,
  split,
  type Tensor,
  uniform,
} from "../src/index.js";
import { threefry2x32 } from "../src/numerics/threefry.js";
import { apply } from "../src/tensor.js";
import { errorOf } from "./support/checks.js";
import { expectClose, expectSame } from "./support/close.js";
import { evaluate } from "./support/evaluate.js";

interface Drawn {
  readonly dtype: "uint32" | "float32" | "float64";
  readonly shape: number[];
  readonly data: number[];
}

interface Golden {
  readonly _made_by: { readonly script: string; readonly sha256: string };
  readonly threefry2x32: readonly {
    name: string;
    key: string[];
    counter: string[];
    out: string[];
  }[];
  readonly keys: readonly { seed: number; x64Off: number[] }[];
  readonly draws: readonly {
    readonly seed: number;
    readonly key: number[];
    readonly split2: number[][];
    readonly split5: number[][];
    readonly foldIn: Record<string, number[]>;
    readonly bits32: Drawn[];
    readonly bits64Hex: string[];
    readonly uniform: Drawn[];
    readonly uniformMinus2To3: Drawn;
    readonly normal: Drawn[];
    readonly "bernoulli0.3": { float32: boolean[] };
    readonly permutation: Record<"1" | "10" | "17", number[]> & {
      readonly "5000": { sha256OfLittleEndianInt32: string; first8: number[] };
    };
  }[];
}

const read = (name: string) => readFileSync(new URL(`./golden/${name}`, import.meta.url));
const golden: Golden = JSON.parse(read("jax-random.json").toString());

const unsigned = (x: Tensor): number[] => [...x.toTypedArray()].map((word: number) => word >>> 0);
const hex = (words: readonly number[]) =>
  words.map((word) => (word >>> 0).toString(16).padStart(8, "0"));

test("the golden numbers were made by the script beside them", () => {
  expect(golden._made_by.script).toMatch(/test\/golden\/jax-random\.py$/);
  const hash = createHash("sha256").update(read("jax-random.py")).digest("hex");
  expect(hash).toBe(golden._made_by.sha256);
});

test.each(golden.threefry2x32)("the published answer for $name", ({ key, counter, out }) => {
  const [k0, k1, c0, c1] = [...key, ...counter].map((word) => Number.parseInt(word, 16));
  expect(hex(threefry2x32(k0!, k1!, c0!, c1!))).toEqual(out);
});

test.each(golden.keys)("the key of seed $seed", ({ seed, x64Off }) => {
  expect(unsigned(key(seed))).toEqual(x64Off);
});

describe.each(golden.draws)("seed $seed draws what JAX draws", (drawn) => {
  const own = key(drawn.seed);

  test("split", () => {
    expect(evaluate((k) => split(k), own).map(unsigned)).toEqual(drawn.split2);
    expect(evaluate((k) => split(k, 5), own).map(unsigned)).toEqual(drawn.split5);
  });

  test.each(Object.entries(drawn.foldIn))("foldIn %s", (data, expected) => {
    expect(unsigned(evaluate((k) => foldIn(k, Number(data)), own))).toEqual(expected);
  });

  test.each(drawn.bits32)("32 bits of shape $shape", ({ shape, data }) => {
    const words = evaluate(
      (k) => apply(ops.threefry, [k], { shape, first: 0 }),
      own,
    ).toTypedArray();
    expect(data.map((_, i) => (words[2 * i]! ^ words[2 * i + 1]!) >>> 0)).toEqual(data);
  });

  test("64 bits", () => {
    const count = drawn.bits64Hex.length;
    const attrs = { shape: [count], first: 0 };
    const words = hex([...evaluate((k) => apply(ops.threefry, [k], attrs), own).toTypedArray()]);
    expect(drawn.bits64Hex.map((_, i) => words[2 * i]! + words[2 * i + 1]!)).toEqual(
      drawn.bits64Hex,
    );
  });

  test.each(drawn.uniform)("uniform $dtype of shape $shape, exactly", ({ dtype, shape, data }) => {
    const x = evaluate((k) => uniform(k, shape, { dtype: dtype as "float32" }), own);
    expect([x.dtype, x.shape, [...x.toTypedArray()]]).toEqual([dtype, shape, data]);
  });

  test("uniform from -2 to 3, exactly", () => {
    const { shape, data } = drawn.uniformMinus2To3;
    expectSame(
      evaluate((k) => uniform(k, shape, { min: -2, max: 3 }), own),
      data,
    );
  });

  test.each(drawn.normal)("normal $dtype", ({ dtype, shape, data }) => {
    const x = evaluate((k) => normal(k, shape, { dtype: dtype as "float32" }), own);
    // JAX has a shorter polynomial for float32; neurite rounds that of float64.
    const rtol = dtype === "float32" ? 1e-6 : 1e-13;
    expectClose(x, data, { rtol });
  });

  test("bernoulli, exactly", () => {
    const expected = drawn["bernoulli0.3"].float32;
    const x = evaluate((k) => bernoulli(k, 0.3, [expected.length]), own);
    expect(x.toArray()).toEqual(expected);
  });

  test("permutations, exactly", () => {
    const draw = (count: number) => evaluate((k) => permutation(k, count), own);
    for (const count of [1, 10, 17] as const) {
      expectSame(draw(count), drawn.permutation[count]);
    }
    const long = draw(5000);
    const hash = createHash("sha256").update(littleEndian(long)).digest("hex");
    expectSame(long.slice([0, 8]), drawn.permutation[5000].first8);
    expect(hash).toBe(drawn.permutation[5000].sha256OfLittleEndianInt32);
  });
});

function littleEndian(x: Tensor): Uint8Array {
  const values = x.toTypedArray();
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (const [i, value] of values.entries()) view.setInt32(4 * i, value, true);
  return new Uint8Array(view.buffer);
}

describe("keys", () => {
  test("give the same numbers always, and others when split", () => {
    const draw = (k: Tensor) => evaluate((k) => uniform(k, [4]), k);
    expectSame(draw(key(3)), draw(key(3)));
    const [left, right] = split(key(3)) as [Tensor, Tensor];
    const first = new Set(
      [key(3), left, right, foldIn(key(3), 7)].map((k) => draw(k).slice(0).item()),
    );
    expect(first.size).toBe(4);
  });

  test("draw by place alone: a longer draw begins with the shorter, whatever the shape", () => {
    const long = evaluate((k) => uniform(k, [2, 3]), key(5));
    expectSame(
      evaluate((k) => uniform(k, [4]), key(5)),
      long.reshape([6]).slice([0, 4]),
    );
  });

  test("are integers, and are folded with integers of 32 bits", () => {
    for (const seed of [0.5, Number.NaN, 2 ** 53]) {
      expect(errorOf(() => key(seed))).toMatchObject({ op: "key", name: "ValueError" });
    }
    for (const data of [-1, 2 ** 32, 0.5]) {
      expect(errorOf(() => foldIn(key(0), data))).toMatchObject({ op: "foldIn" });
    }
    expect(unsigned(foldIn(key(0), 2 ** 32 - 1))).toHaveLength(2);
    expect(errorOf(() => split(key(0), -1))).toMatchObject({ op: "split" });
  });
});

describe("distributions", () => {
  const moments = (x: Tensor) => [x.mean().item(), x.variance().item()] as const;

  test("uniform numbers lie in [min, max) and fill it", () => {
    const x = evaluate((k) => uniform(k, [10_000], { min: 2, max: 4 }), key(1));
    const values = [...x.toTypedArray()];
    expect(Math.min(...values)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...values)).toBeLessThan(4);
    const [mean, variance] = moments(x);
    expect(mean).toBeCloseTo(3, 1);
    expect(variance).toBeCloseTo(4 / 12, 1);
  });

  test("normal numbers have the mean and the deviation asked for", () => {
    const x = evaluate((k) => normal(k, [10_000], { mean: -1, std: 2, dtype: "float64" }), key(2));
    const [mean, variance] = moments(x);
    expect(mean).toBeCloseTo(-1, 1);
    expect(Math.sqrt(variance)).toBeCloseTo(2, 1);
    expect([...x.toTypedArray()].every(Number.isFinite)).toBe(true);
  });

  test("bernoulli is true as often as asked, never for 0 and always for 1", () => {
    const share = (p: number) =>
      evaluate((k) => bernoulli(k, p, [10_000]).cast("float32").mean(), key(3)).item();
    expect([share(0), share(1)]).toEqual([0, 1]);
    expect(share(0.25)).toBeCloseTo(0.25, 1);
  });

  test("a shape that was given away stays its owner's", () => {
    const shape = [2];
    uniform(key(0), shape);
    expect(() => shape.push(3)).not.toThrow();
  });
});
