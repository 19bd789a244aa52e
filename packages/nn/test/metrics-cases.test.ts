import type { Tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import {
  accuracy,
  confusionMatrix,
  f1,
  mae,
  mape,
  mse,
  precision,
  r2,
  recall,
  rmse,
  rocAuc,
  topKAccuracy,
} from "../src/index.js";
import { expectPacked, type Packed, readCases, unpack } from "./support/layer-cases.js";

type Measure = (scores: Tensor, target: Tensor) => Tensor;

const rates = { precision, recall, f1 };

/** The metric that a case names, as in "classes precision macro". */
function measureOf(name: string): Measure {
  const [, metric, detail] = name.split(" ") as [string, string, string?];
  if (metric in rates) {
    const rate = rates[metric as keyof typeof rates];
    return (scores, target) => rate(scores, target, { average: detail as "macro" });
  }
  if (detail) return (scores, target) => topKAccuracy(scores, target, { k: Number(detail) });
  const plain = { accuracy, confusionMatrix, rocAuc, mae, mse, rmse, r2, mape };
  return plain[metric as keyof typeof plain];
}

interface MetricCase {
  readonly scores: Packed;
  readonly target: Packed;
  readonly value: Packed;
}

describe("metrics agree with scikit-learn", () => {
  const cases = readCases("metrics") as unknown as Readonly<Record<string, MetricCase>>;

  it.each(Object.entries(cases))("%s", (name, { scores, target, value }) => {
    for (const [dtype, rtol] of [
      ["float64", 1e-10],
      ["float32", 1e-5],
    ] as const) {
      const found = evaluate(measureOf(name), unpack(scores, dtype), unpack(target, dtype));
      expectPacked(found, value, rtol);
    }
  });

  it("each of them in some case", () => {
    const names = new Set(Object.keys(cases).map((name) => name.split(" ")[1]));
    expect(names.size).toBe(12);
  });
});
