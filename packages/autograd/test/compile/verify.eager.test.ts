import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { compile, scalar, scan, type Tensor, tensor } from "../../src/index.js";
import { expectSame } from "../support/close.js";
import { expectError } from "../support/expect-error.js";
import { float64 } from "../support/values.js";

const x = float64([1, 2]);
let warnings: string[] = [];

beforeEach(() => {
  warnings = [];
  vi.spyOn(console, "warn").mockImplementation((text: string) => void warnings.push(text));
});
afterEach(() => vi.restoreAllMocks());

/** Calls a function of a number that changes by one from call to call. */
function calledTimes(times: number, f: (x: Tensor, n: number) => Tensor): string[] {
  let n = 0;
  const compiled = compile((x: Tensor) => f(x, n));
  for (; n < times; n++) compiled(x);
  return warnings;
}

describe("the second call warns of", () => {
  test("a number that has changed, at its line, and says how to make it a variable", () => {
    const [warning, ...others] = calledTimes(4, (x, n) => x.add(3).mul(0.5 + n));
    expect(others).toEqual([]);
    expect(warning).toContain(
      "a number in mul was 0.5 when the function was traced and is 1.5 now; " +
        "the compiled function keeps the old one",
    );
    expect(warning).toMatch(/recorded at .*verify\.eager\.test\.ts:\d+:\d+/);
    expect(warning).toContain("fix: make it a variable, as in const rate = scalar(0.1)");
  });

  test("a tensor that has changed, with its name and element", () => {
    const [warning] = calledTimes(2, (x, n) => x.add(float64([1, 2 + n]).as("target")));
    expect(warning).toContain("the constant target in add was 2 at element 1");
  });

  test("a number in a loop", () => {
    const sum = (x: Tensor, n: number) =>
      scan((c: Tensor, x: Tensor) => [c.add(x.mul(n)), null], float64(0), x)[0] as Tensor;
    expect(calledTimes(2, sum)[0]).toContain("was 0 when the function was traced and is 1 now");
  });

  test("an attribute, an operation or an operand", () => {
    calledTimes(2, (x, n) => x.slice([n, n + 1]));
    calledTimes(2, (x, n) => (n > 0 ? x.exp() : x.neg()));
    calledTimes(2, (x, n) => (n > 0 ? x.sin().add(x.cos()) : x.sin().add(x.sin())));
    calledTimes(2, (x, n) => (n > 0 ? x.exp().exp() : x.exp()));
    const changed = warnings.map((text) => /now records ([^;]*);/.exec(text)?.[1]);
    expect(changed).toEqual([
      "slice float64 [1] with other operands or attributes",
      "exp float64 [2] for neg float64 [2]",
      "cos float64 [2] for sin float64 [2]",
      "exp float64 [2] for nothing more",
    ]);
  });

  test("another variable", () => {
    const [a, b] = [scalar(1), scalar(2)];
    calledTimes(2, (x, n) => x.add(n > 0 ? a : b));
    calledTimes(2, (x, n) => {
      (n > 0 ? a : b).assign(x.sum());
      return x;
    });
    expect(warnings[0]).toContain("now reads other variables");
    expect(warnings[1]).toContain("now assigns other variables");
  });
});

test("nothing is said where all stays, and the function is traced no more", () => {
  let runs = 0;
  const f = compile((x: Tensor) => {
    runs++;
    const big = tensor(new Float64Array(10_000).fill(0.5));
    return x.sum().mul(big.sum()).add(Number.NaN);
  });
  for (let i = 0; i < 5; i++) f(x);
  expect(warnings).toEqual([]);
  expect(runs).toBe(2);
  expect(f.traces).toBe(1);
});

test('verify: "always" throws at the call where something changes, before anything is done', () => {
  let rate = 0.5;
  const w = scalar(1);
  const f = compile(
    () => {
      w.assign(w.mul(rate));
      return w.leaf;
    },
    { verify: "always" },
  );
  f();
  f();
  rate = 0.25;
  expectError(f, { name: "TraceError", op: "compile" }, "a number in mul was 0.5", "is 0.25 now");
  expectSame(w, 0.25);
  rate = 0.5;
  f();
  expectSame(w, 0.125);
});
