import { describe, expect, test } from "vitest";
import { scalar, variable } from "../../src/index.js";
import { expectSame } from "../support/close.js";
import { float64 } from "../support/values.js";

describe("changing a saved value is impossible:", () => {
  test("what is handed over is copied, and so is what is handed out", () => {
    const data = Float64Array.of(1, 2, 3);
    const v = variable(data);
    const y = v.square().sum();
    data.fill(9);
    v.toTypedArray().fill(9);
    y.backward();
    expectSame(v.grad!, [2, 4, 6]);
  });

  test("assigning leaves what was recorded", () => {
    const v = scalar(3);
    const y = v.square();
    v.assign(100);
    y.backward();
    expectSame(v.grad!, 6);
  });

  test("shapes are frozen, and nodes have nothing to set", () => {
    const y = float64([1, 2]).mul(2);
    expect(() => (y.shape as number[]).push(3)).toThrow(TypeError);
    expect(() => Object.assign(y, { shape: [7] })).toThrow(TypeError);
    expectSame(y, [2, 4]);
  });
});
