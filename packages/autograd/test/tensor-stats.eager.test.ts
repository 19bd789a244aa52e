import { describe, expect, it } from "vitest";
import { tensor, tensorStats } from "../src/index.js";

const f64 = { dtype: "float64" } as const;

describe("tensorStats", () => {
  it("measures numbers that one can measure by hand", () => {
    expect(tensorStats(tensor([[3, -4, 0, 1]], f64), { bins: 5 })).toEqual({
      count: 4,
      mean: 0,
      std: Math.sqrt(26) / 2,
      rms: Math.sqrt(26) / 2,
      min: -4,
      max: 3,
      norm: Math.sqrt(26),
      zeroShare: 0.25,
      nonFinite: 0,
      histogram: { min: -4, max: 3, counts: [1, 0, 1, 1, 1] },
    });
  });

  it("keeps the digits of a small deviation beside a large mean", () => {
    const { mean, std, rms } = tensorStats(tensor([1e8 + 1, 1e8 - 1], f64));
    expect([mean, std]).toEqual([1e8, 1]);
    expect(rms).toBeCloseTo(Math.hypot(1e8, 1), 6);
  });

  it("neither overflows nor underflows", () => {
    expect(tensorStats(tensor([1e200, 1e200], f64)).norm / 1e200).toBeCloseTo(Math.SQRT2, 15);
    expect(tensorStats(tensor([1e-200, 1e-200], f64)).rms / 1e-200).toBeCloseTo(1, 15);
  });

  it("counts what is not finite, and measures the rest", () => {
    const found = tensorStats(tensor([1, Number.NaN, 3, Number.NEGATIVE_INFINITY], f64));
    expect([found.nonFinite, found.mean, found.min, found.max]).toEqual([2, 2, 1, 3]);
    const none = tensorStats(tensor([Number.NaN], f64));
    expect([none.mean, none.min, none.nonFinite]).toEqual([Number.NaN, Number.NaN, 1]);
  });

  it("counts into the range given, its end included", () => {
    const { histogram } = tensorStats(tensor([-1, 0, 0.5, 1, 2], f64), { bins: 2, range: [0, 1] });
    expect(histogram).toEqual({ min: 0, max: 1, counts: [1, 2] });
    expect(tensorStats(tensor([2, 2], f64), { bins: 3 }).histogram.counts).toEqual([2, 0, 0]);
  });
});
