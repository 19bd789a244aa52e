import { describe, expect, test } from "vitest";
import { tensor } from "../src/index.js";
import { ulpsBetween } from "./support/bits.js";
import { expectClose, expectSame } from "./support/close.js";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

describe("expectClose", () => {
  test.each([
    ["both tolerances add up", [1.1], [1], { rtol: 0.05, atol: 0.051 }],
    ["NaN equals NaN", [nan], [nan], {}],
    ["infinities of one sign are equal", [inf, -inf], [inf, -inf], {}],
    ["0 and -0 are close", [0], [-0], {}],
    ["nothing is wrong with nothing", [], [], {}],
  ])("passes: %s", (_, actual, expected, tolerance) => {
    expectClose(actual, expected, tolerance);
  });

  test.each([
    ["NaN and Infinity", [nan], [inf]],
    ["Infinity and NaN", [inf], [nan]],
    ["Infinity and -Infinity", [inf], [-inf]],
    ["Infinity and a number", [inf], [1e308]],
    ["a number and Infinity", [1e308], [inf]],
    ["NaN and a number", [nan], [0]],
    ["a number and NaN", [0], [nan]],
  ])("fails however wide the tolerance: %s", (_, actual, expected) => {
    expect(() => expectClose(actual, expected, { rtol: 1e9, atol: 1e9 })).toThrow(
      /1 of 1 elements/,
    );
  });

  test("the tolerance is relative to what was expected, not to what came", () => {
    expectClose([0.5], [1], { rtol: 0.5 });
    expect(() => expectClose([1], [0.5], { rtol: 0.5 })).toThrow();
  });

  test("compares shapes first, then dtypes", () => {
    expect(() => expectClose([1, 2], [[1, 2]])).toThrow("expected shape [1, 2], got [2]");
    expect(() => expectClose([], [[]])).toThrow("expected shape [1, 0], got [0]");
    const [narrow, wide] = [tensor([1]), tensor([1], { dtype: "float64" })];
    expect(() => expectClose(narrow, wide)).toThrow("expected dtype float64, got float32");
  });

  test("names the worst element, both values, the errors and the ulps", () => {
    const actual = [
      [1, 2.5],
      [3, 4.1],
    ];
    const expected = [
      [1, 2],
      [3, 4],
    ];
    expect(() => expectClose(actual, expected)).toThrow(
      /2 of 4 elements differ, worst at \[0, 1\]: expected 2, got 2.5 .*relative 0.25, \d+ ulps/,
    );
  });

  test("a NaN is worse than any number", () => {
    expect(() => expectClose([9, nan], [1, 1])).toThrow(/worst at \[1\]: expected 1, got NaN/);
  });
});

test("expectSame tells 0 from -0 and takes all NaN for one", () => {
  expectSame([0, nan], [0, nan]);
  expect(() => expectSame([0], [-0])).toThrow(/expected -0, got 0/);
});

test("ulpsBetween counts the numbers of the dtype across 0", () => {
  expect(ulpsBetween(1, 1 + Number.EPSILON)).toBe(1);
  expect(ulpsBetween(-Number.MIN_VALUE, Number.MIN_VALUE)).toBe(2);
  expect(ulpsBetween(1, 1 + 2 ** -23, "float32")).toBe(1);
  expect(ulpsBetween(1, nan)).toBeNaN();
});
