import { key, type Shape, ShapeError, tensor, ValueError } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../autograd/test/support/close.js";
import { Dense, init, seed } from "../src/index.js";
import { golden } from "./support/golden.js";
import { readCases } from "./support/layer-cases.js";

const expected = golden.initialisers;

interface Golden {
  readonly gains: Readonly<Record<string, number>>;
  readonly fans: readonly (readonly [shape: Shape, fanIn: number, fanOut: number])[];
  readonly truncated: readonly {
    readonly options: Readonly<Record<"mean" | "std" | "min" | "max", number>>;
    readonly mean: number;
    readonly deviation: number;
  }[];
}

const { gains, fans, truncated } = readCases("init") as unknown as Golden;

/** The shape of the golden file and, with the same number of inputs and units, many draws. */
const shape: Shape = [7, 5];

const draw = (kind: ReturnType<typeof init.uniform>, seed = 1, of: Shape = shape) =>
  kind(of, key(seed), "float64");

/** All of 600 draws of the golden shape: enough to see a bound or a deviation. */
const many = (kind: ReturnType<typeof init.uniform>): number[] =>
  Array.from({ length: 600 }, (_, seed) => [...draw(kind, seed).toTypedArray()]).flat();

const deviation = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe("uniform initialisers fill their bound", () => {
  it.each([
    ["xavierUniform", init.xavierUniform(), expected.xavierUniformBound!],
    ["kaimingUniform", init.kaimingUniform(), expected.kaimingUniformBoundFanInRelu!],
    ["fanInUniform", init.fanInUniform(), 1 / Math.sqrt(5)],
    ["uniform", init.uniform(-0.5, 0.5), 0.5],
    ["lecunUniform", init.lecunUniform(), Math.sqrt(3 / 5)],
    ["kaimingUniform by outputs", init.kaimingUniform(1, "fanOut"), Math.sqrt(3 / 7)],
  ])("%s", (_, kind, bound) => {
    const values = many(kind);
    const largest = Math.max(...values.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(bound);
    expect(largest).toBeGreaterThan(0.999 * bound);
    // A uniform distribution's deviation: 21 000 draws know it to 0.3 %.
    expect(Math.abs(deviation(values) / (bound / Math.sqrt(3)) - 1)).toBeLessThan(0.015);
  });
});

describe("normal initialisers have their deviation", () => {
  it.each([
    ["xavierNormal", init.xavierNormal(), expected.xavierNormalStd!],
    ["kaimingNormal", init.kaimingNormal(), expected.kaimingNormalStdFanInRelu!],
    ["kaimingNormal by outputs", init.kaimingNormal(1, "fanOut"), 1 / Math.sqrt(7)],
    ["lecunNormal", init.lecunNormal(), 1 / Math.sqrt(5)],
    ["normal", init.normal(0, 3), 3],
  ])("%s", (_, kind, std) => {
    // 21 000 draws know a deviation to 0.5 %: this allows four times that.
    expect(Math.abs(deviation(many(kind)) / std - 1)).toBeLessThan(0.02);
  });
});

describe("every random initialiser", () => {
  const kinds = [
    init.uniform(),
    init.normal(),
    init.fanInUniform(),
    init.xavierUniform(),
    init.xavierNormal(),
    init.kaimingUniform(),
    init.kaimingNormal(),
    init.lecunUniform(),
    init.lecunNormal(),
    init.truncNormal(),
    init.orthogonal(),
  ];

  it("gives the same numbers for the same key, and others for another", () => {
    for (const kind of kinds) {
      expectSame(draw(kind, 1), draw(kind, 1));
      expect(draw(kind, 2).toArray()).not.toEqual(draw(kind, 1).toArray());
    }
  });

  it("keeps the dtype, and refuses int32", () => {
    for (const kind of kinds) {
      expect(kind(shape, key(1), "float32").dtype).toBe("float32");
      expect(() => kind(shape, key(1), "int32")).toThrow(ValueError);
    }
  });
});

it("zeros, ones and constant are what they say", () => {
  expect(draw(init.zeros, 1, [2]).toArray()).toEqual([0, 0]);
  expect(draw(init.ones, 1, [2]).toArray()).toEqual([1, 1]);
  expect(draw(init.constant(0.5), 1, [2]).toArray()).toEqual([0.5, 0.5]);
});

it("fans count inputs and units as PyTorch does, kernels included", () => {
  for (const [shape, fanIn, fanOut] of fans) expect(init.fans(shape)).toEqual({ fanIn, fanOut });
});

describe("gain", () => {
  it.each(Object.entries(gains))("of %s is PyTorch's", (name, value) => {
    const [after, slope] = name.split(" ") as ["relu", string?];
    expect(slope ? init.gain(after, Number(slope)) : init.gain(after)).toBeCloseTo(value, 14);
  });

  it("refuses what it does not know", () => {
    const attempt = () => init.gain("toString" as "relu");
    expect(attempt).toThrow(ValueError);
    expect(attempt).toThrow(/gain: no gain is known for "toString".*leakyRelu/s);
  });
});

describe("truncNormal", () => {
  it.each(truncated)("has the moments of $options", ({ options, mean, deviation: spread }) => {
    const { std, min, max } = options;
    const values = many(init.truncNormal(options.mean, std, min, max));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(min);
    expect(Math.max(...values)).toBeLessThanOrEqual(max);
    const found = values.reduce((sum, value) => sum + value, 0) / values.length;
    // Four times what 21 000 draws leave open.
    expect(Math.abs(found - mean)).toBeLessThan(0.028 * spread);
    const spreadFound = deviation(values.map((value) => value - mean));
    expect(Math.abs(spreadFound / spread - 1)).toBeLessThan(0.02);
  });

  it("refuses bounds that nothing lies between", () => {
    for (const [std, min, max] of [
      [1, 2, -2],
      [1, 30, 40],
      [0, 1, 2],
    ] as const) {
      const attempt = () => draw(init.truncNormal(0, std, min, max));
      expect(attempt).toThrow(ValueError);
      expect(attempt).toThrow(`mean 0 and std ${std} is in [${min}, ${max}]`);
    }
  });
});

describe("orthogonal", () => {
  /** The products of all pairs of rows, or of columns if there are fewer. */
  const products = (shape: Shape, dtype: "float32" | "float64", gain = 1) => {
    const weight = init.orthogonal(gain)(shape, key(3), dtype);
    expect(weight.shape).toEqual(shape);
    const rows = weight.cast("float64").reshape([shape[0]!, -1]);
    return rows.shape[0]! > rows.shape[1]!
      ? rows.transpose().matmul(rows)
      : rows.matmul(rows.transpose());
  };
  const unit = (size: number) => tensor(new Float64Array(size).fill(1)).diag();

  it.each([[[6, 4]], [[4, 6]], [[5, 5]], [[1, 1]], [[3, 2, 2, 2]], [[40, 40]]])(
    "makes lengths of 1 and right angles of %j",
    (shape) => {
      const size = Math.min(
        shape[0]!,
        shape.slice(1).reduce((product, side) => product * side),
      );
      expectClose(products(shape, "float64"), unit(size), { atol: 1e-12 });
      expectClose(products(shape, "float32"), unit(size), { atol: 1e-6 });
    },
  );

  it("has the gain as its length", () => {
    expectClose(products([4, 6], "float64", 3), unit(4).mul(9), { atol: 1e-11 });
  });

  it("prefers no direction: each element has the mean 0 and the variance 1 / size", () => {
    const draws = Array.from({ length: 2000 }, (_, seed) =>
      draw(init.orthogonal(), seed, [3, 3]).toTypedArray(),
    );
    for (let i = 0; i < 9; i++) {
      const values = draws.map((drawn) => drawn[i]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      // Four times what 2000 draws leave open.
      expect(Math.abs(mean)).toBeLessThan(0.052);
      expect(Math.abs(deviation(values) ** 2 - 1 / 3)).toBeLessThan(0.027);
    }
  });

  it("takes no weights, and refuses a vector", () => {
    expect(draw(init.orthogonal(), 1, [0, 3]).shape).toEqual([0, 3]);
    expect(() => draw(init.orthogonal(), 1, [3])).toThrow(ShapeError);
  });
});

describe("the stream of keys", () => {
  const make = () => new Dense({ inputs: 3, units: 2 });

  it("repeats after seed, in the order of construction", () => {
    seed(7);
    const first = [make(), make()];
    seed(7);
    const again = [make(), make()];
    seed(8);
    const other = make();
    for (const i of [0, 1]) expectSame(again[i]!.weight, first[i]!.weight);
    expect(first[1]!.weight.toArray()).not.toEqual(first[0]!.weight.toArray());
    expect(other.weight.toArray()).not.toEqual(first[0]!.weight.toArray());
  });

  it("is left alone by modules with a key of their own", () => {
    seed(7);
    const expected = make();
    seed(7);
    new Dense({ inputs: 3, units: 2, key: key(1) });
    expectSame(make().weight, expected.weight);
  });
});
