import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { tensor } from "../src/index.js";
import { warned } from "../src/warnings.js";
import { evaluate } from "./support/evaluate.js";

beforeEach(() => warned.clear());
afterEach(() => vi.restoreAllMocks());

/** The warnings that a function prints. */
function warningsOf(run: () => unknown): string[] {
  const print = vi.spyOn(console, "warn").mockImplementation(() => {});
  run();
  return print.mock.calls.map(([message]) => message as string);
}

test("variance and std warn once when no degree of freedom is left", () => {
  const one = tensor([[5], [6]]);
  const messages = warningsOf(() => {
    for (let i = 0; i < 3; i++) {
      evaluate((x) => x.variance(1), one);
      evaluate((x) => x.std(1, { correction: 4 }), one);
    }
  });
  expect(messages).toHaveLength(2);
  expect(messages[0]).toContain("variance: the count 1 less the correction 1");
  expect(messages[1]).toContain("std: the count 1 less the correction 4");
  for (const message of messages) {
    expect(message).toMatch(/^warning: /);
    expect(message).toMatch(/recorded at .*warnings\.test\.ts:\d+:\d+/);
    expect(message).toContain("fix: give more elements");
  }
});

test("nothing is said where the divisor is positive", () => {
  expect(warningsOf(() => evaluate((x) => x.std(0, { correction: 0 }), tensor([5])))).toEqual([]);
});
