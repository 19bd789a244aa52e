import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { definitions } from "../src/numerics/special/definitions.js";
import { inLanes } from "./support/lanes.js";
import { printed } from "./support/printed.js";
import { golden, goldenFile, goldenPoints, ulpError } from "./support/special-points.js";

type Name = keyof typeof printed;

/** The largest error in units in the last place: float64 of the true value, float32 of float64's. */
const errors: { readonly [K in Name]: readonly [float64: number, float32: number] } = {
  exp: [1, 1],
  expm1: [1, 1.1],
  log: [1, 1],
  log1p: [1, 1],
  log2: [1, 1],
  sin: [1.5, 1.6],
  cos: [1.5, 1.6],
  tan: [2, 3],
  asin: [1, 1],
  acos: [1, 1],
  atan: [1.5, 2],
  atan2: [1.7, 2.5],
  sinh: [1.7, 2],
  cosh: [1.3, 1.4],
  sech: [2.2, 2.5],
  tanh: [2.1, 1.4],
  asinh: [1.5, 1.8],
  acosh: [2, 2],
  atanh: [1.5, 1.8],
  sigmoid: [2.3, 2.3],
  softplus: [1.5, 1.7],
  erf: [1, 1.4],
  erfc: [2.1, 3],
  erfInv: [2, 3.6],
  pow: [1, 1],
};

const names = Object.keys(errors) as Name[];
const unaryNames = names.filter((name) => definitions[name].length === 1);
const { NEGATIVE_INFINITY: minusInf, POSITIVE_INFINITY: inf, NaN: nan } = Number;

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/** Float32 numbers of all signs, exponents and kinds, `step` bit patterns apart. */
function* singles(step: number): Generator<number> {
  for (let pattern = 0; pattern < 2 ** 32; pattern += step) {
    bits[0] = pattern;
    yield single[0]!;
  }
}

/** The distance of float32 numbers around t. */
function spacing(t: number): number {
  single[0] = Math.abs(t);
  const exponent = Math.max(bits[0]! >>> 23, 1);
  return 2 ** (exponent - 127 - 23);
}

function worst(errors: Iterable<readonly [error: number, x: number | readonly number[]]>) {
  let result: readonly [number, number | readonly number[]] = [0, nan];
  for (const each of errors) if (!(each[0] <= result[0])) result = each;
  return { error: result[0], x: result[1] };
}

test("the golden values were made by the script beside them", () => {
  expect(golden._made_by.script).toMatch(/test\/golden\/special\.py$/);
  const hash = createHash("sha256").update(goldenFile("special.py")).digest("hex");
  expect(hash).toBe(golden._made_by.sha256);
  expect(Object.keys(golden.functions).sort()).toEqual([...names].sort());
});

describe.each(names)("%s", (name) => {
  const { float32, float64 } = printed[name];
  const points = goldenPoints(name);

  test("in float64 is as accurate as it says", () => {
    const found = worst(
      points.map(({ x, bits }) => [ulpError(float64(x[0]!, x[1]!), bits), x] as const),
    );
    expect(found.error, `at ${found.x}`).toBeLessThanOrEqual(errors[name][0]);
  });

  test("has the bits that a vector unit computes, in both dtypes", () => {
    const extremes = [0, -0, 1, -1, 5e-324, 1e-310, 1e-45, 1e-40, 1e308, inf, minusInf, nan];
    const pairs = extremes.flatMap((a) => extremes.map((b) => [a, b]));
    const all = [...points.map(({ x }) => x), ...pairs];
    for (const [dtype, f, round] of [
      ["float64", float64, (x: number) => x],
      ["float32", float32, Math.fround],
    ] as const) {
      const lanes = inLanes(definitions[name], dtype);
      for (const x of all.map((x) => x.map(round))) {
        const [a, b] = x as [number, number];
        if (!Object.is(f(a, b), lanes(a, b))) expect([x, f(a, b)]).toEqual([x, lanes(a, b)]);
      }
    }
  });
});

function differences(name: Name, x: Iterable<readonly number[]>) {
  const { float32, float64 } = printed[name];
  return worst(
    [...x].map(([a, b]) => {
      const [y, t] = [float32(a!, b!), float64(a!, b!)];
      const isSame = Object.is(y, Math.fround(t));
      return [isSame ? 0 : Math.abs(y - t) / spacing(t), [a!, b!]] as const;
    }),
  );
}

test.each(unaryNames)("%s in float32 is close to float64 for all float32 numbers", (name) => {
  const found = differences(
    name,
    Array.from(singles(30_011), (x) => [x]),
  );
  expect(found.error, `at ${found.x}`).toBeLessThanOrEqual(errors[name][1]);
});

test.each(["pow", "atan2"] as const)("%s in float32 is close to float64", (name) => {
  const pairs = goldenPoints(name).map(({ x }) => x.map(Math.fround));
  const found = differences(name, pairs);
  expect(found.error, `at ${found.x}`).toBeLessThanOrEqual(errors[name][1]);
});

const odd = unaryNames.filter((name) => Object.is(printed[name].float64(-0, 0), -0));
const even: readonly Name[] = ["cos", "cosh", "sech"];

test("odd and even functions are so to the bit", () => {
  expect(odd.sort()).toEqual(
    "asin asinh atan atanh erf erfInv expm1 log1p sin sinh tan tanh".split(" "),
  );
  for (const dtype of ["float64", "float32"] as const) {
    for (const x of singles(1_000_003)) {
      for (const name of odd) {
        if (name === "expm1" || name === "log1p") continue;
        const f = printed[name][dtype];
        if (!Object.is(f(-x, 0), -f(x, 0))) expect([name, x]).toEqual("odd");
      }
      for (const name of even) {
        const f = printed[name][dtype];
        if (!Object.is(f(-x, 0), f(x, 0))) expect([name, x]).toEqual("even");
      }
    }
  }
});

const special: readonly (readonly [Name, ...(readonly (readonly number[])[])])[] = [
  ["exp", [0, 1], [-0, 1], [inf, inf], [minusInf, 0], [nan, nan], [710, inf], [-746, 0]],
  ["expm1", [0, 0], [-0, -0], [inf, inf], [minusInf, -1], [nan, nan], [710, inf], [-50, -1]],
  [
    "log",
    [1, 0],
    [0, minusInf],
    [-0, minusInf],
    [inf, inf],
    [-1, nan],
    [minusInf, nan],
    [nan, nan],
  ],
  ["log1p", [0, 0], [-0, -0], [-1, minusInf], [inf, inf], [-2, nan], [nan, nan]],
  ["log2", [8, 3], [2 ** -149, -149], [0, minusInf], [inf, inf], [-1, nan], [nan, nan]],
  ["sin", [0, 0], [-0, -0], [inf, nan], [minusInf, nan], [nan, nan]],
  ["cos", [0, 1], [-0, 1], [inf, nan], [minusInf, nan], [nan, nan]],
  ["tan", [0, 0], [-0, -0], [inf, nan], [minusInf, nan], [nan, nan]],
  ["asin", [0, 0], [-0, -0], [1, Math.PI / 2], [-1, -Math.PI / 2], [1.5, nan], [nan, nan]],
  ["acos", [1, 0], [-1, Math.PI], [0, Math.PI / 2], [1.5, nan], [-1.5, nan], [nan, nan]],
  ["atan", [0, 0], [-0, -0], [inf, Math.PI / 2], [minusInf, -Math.PI / 2], [nan, nan]],
  ["sinh", [0, 0], [-0, -0], [inf, inf], [minusInf, minusInf], [800, inf], [nan, nan]],
  ["cosh", [0, 1], [-0, 1], [inf, inf], [minusInf, inf], [800, inf], [nan, nan]],
  ["sech", [0, 1], [inf, 0], [minusInf, 0], [800, 0], [nan, nan]],
  ["tanh", [0, 0], [-0, -0], [inf, 1], [minusInf, -1], [22, 1], [-22, -1], [nan, nan]],
  ["asinh", [0, 0], [-0, -0], [inf, inf], [minusInf, minusInf], [nan, nan]],
  ["acosh", [1, 0], [inf, inf], [0.5, nan], [-1, nan], [minusInf, nan], [nan, nan]],
  ["atanh", [0, 0], [-0, -0], [1, inf], [-1, minusInf], [1.5, nan], [-2, nan], [nan, nan]],
  ["sigmoid", [0, 0.5], [inf, 1], [minusInf, 0], [40, 1], [-800, 0], [nan, nan]],
  ["softplus", [0, Math.LN2], [inf, inf], [minusInf, 0], [1000, 1000], [-800, 0], [nan, nan]],
  ["erf", [0, 0], [-0, -0], [inf, 1], [minusInf, -1], [6, 1], [-6, -1], [nan, nan]],
  ["erfc", [0, 1], [inf, 0], [minusInf, 2], [30, 0], [-7, 2], [nan, nan]],
  ["erfInv", [0, 0], [-0, -0], [1, inf], [-1, minusInf], [1.5, nan], [-2, nan], [nan, nan]],
  // The tables of C17, annex F: 10.1.4 and 10.4.4.
  ["atan2", [0, 0, 0], [-0, 0, -0], [0, -0, Math.PI], [-0, -0, -Math.PI], [0, 1, 0]],
  ["atan2", [0, -1, Math.PI], [-0, -1, -Math.PI], [1, 0, Math.PI / 2], [-1, -0, -Math.PI / 2]],
  ["atan2", [1, inf, 0], [-1, inf, -0], [1, minusInf, Math.PI], [inf, 1, Math.PI / 2]],
  ["atan2", [inf, inf, Math.PI / 4], [minusInf, inf, -Math.PI / 4], [nan, 1, nan], [1, nan, nan]],
  ["pow", [0, 0, 1], [nan, 0, 1], [1, nan, 1], [nan, 1, nan], [2, nan, nan], [-1, nan, nan]],
  ["pow", [0, 2, 0], [-0, 2, 0], [0, 3, 0], [-0, 3, -0], [0, 0.5, 0], [0, nan, nan]],
  ["pow", [0, -2, inf], [-0, -2, inf], [0, -3, inf], [-0, -3, minusInf], [0, minusInf, inf]],
  ["pow", [-1, inf, 1], [-1, minusInf, 1], [1, inf, 1], [1, minusInf, 1], [inf, nan, nan]],
  ["pow", [2, inf, inf], [0.5, inf, 0], [2, minusInf, 0], [0.5, minusInf, inf], [-2, inf, inf]],
  ["pow", [inf, 2, inf], [inf, -2, 0], [minusInf, 3, minusInf], [minusInf, -3, -0]],
  ["pow", [minusInf, 0.5, inf], [-8, 1 / 3, nan], [-2, 3, -8], [-2, 2, 4], [-2, -1, -0.5]],
  ["pow", [3, 13, 1594323], [10, 6, 1e6], [2, -149, 2 ** -149], [2, 2000, inf], [2, -2000, 0]],
];

test.each(special.map(([name, ...rows]) => ({ name, rows })))(
  "special values of $name",
  ({ name, rows }) => {
    const { float32, float64 } = printed[name];
    for (const row of rows) {
      const [x, y] = row as [number, number];
      const expected = row.at(-1)!;
      expect([row, float64(x, y)]).toEqual([row, expected]);
      // π in the table is float64's; float32's is the nearest to it.
      const single = float32(Math.fround(x), Math.fround(y));
      expect([row, single]).toEqual([row, Math.fround(expected)]);
    }
  },
);

test("the ends of the range are reached and not passed", () => {
  const [lastExp, lastSmall] = [709.782712893384, -745.1332191019411];
  expect(printed.exp.float64(lastExp, 0)).toBeLessThan(inf);
  expect(printed.exp.float64(709.7827128933841, 0)).toBe(inf);
  expect(printed.exp.float64(lastSmall, 0)).toBe(5e-324);
  expect(printed.log.float64(5e-324, 0)).toBe(-744.4400719213812);
  expect(printed.sinh.float64(710.4758600739439, 0)).toBeLessThan(inf);
  expect(printed.cosh.float64(710.4758600739439, 0)).toBeLessThan(inf);
  expect(printed.asinh.float64(Number.MAX_VALUE, 0)).toBe(710.4758600739439);
  expect(printed.erfc.float64(26.5, 0)).toBeGreaterThan(0);
});
