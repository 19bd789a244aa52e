import { key, type Shape, ValueError } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectSame } from "../../autograd/test/support/close.js";
import { Dense, init, seed } from "../src/index.js";
import { golden } from "./support/golden.js";

const expected = golden.initialisers;

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
  expect(init.fans(shape)).toEqual({ fanIn: expected.fanIn, fanOut: expected.fanOut });
  expect(init.fans([16, 3, 5, 5])).toEqual({ fanIn: 75, fanOut: 400 });
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
