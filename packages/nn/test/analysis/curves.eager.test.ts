import { key, type Tensor, tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { learningCurve, overfitting } from "../../src/index.js";

describe("learningCurve", () => {
  // "Learning" is taking the mean; the error is that of the mean of n rows against the true one.
  const targets = tensor([4, 0, 2, 2, 7, 3], { dtype: "float64" });
  const data = { inputs: targets, targets };
  const judge = ({ targets }: { targets: Tensor }) => {
    const mean = targets.mean().item();
    return { training: targets.sub(mean).square().mean().item(), validation: (mean - 3) ** 2 };
  };

  it("gives every model the first rows, and its two errors back", async () => {
    expect(await learningCurve(judge, data, [1, 2, 6])).toEqual([
      { rows: 1, training: 0, validation: 1, gap: 1 },
      { rows: 2, training: 4, validation: 1, gap: -3 },
      {
        rows: 6,
        training: expect.closeTo(14 / 3, 13),
        validation: 0,
        gap: expect.closeTo(-14 / 3, 13),
      },
    ]);
  });

  it("shuffles by a key: the larger sets contain the smaller ones", async () => {
    const seen: number[][] = [];
    const keep = ({ inputs }: { inputs: Tensor }) => {
      seen.push([...inputs.toTypedArray()]);
      return { training: 0, validation: 0 };
    };
    await learningCurve(keep, data, [3, 5], { key: key(4) });
    await learningCurve(keep, data, [3], { key: key(4) });
    expect(seen[1]!.slice(0, 3)).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect(seen[0]).not.toEqual([4, 0, 2]);
  });

  it("refuses sizes that there are no rows for, before anything is trained", async () => {
    await expect(learningCurve(judge, data, [2, 7])).rejects.toThrow(/size of 7 of 6 rows/);
    await expect(learningCurve(judge, data, [0])).rejects.toThrow(/size of 0/);
  });
});

describe("overfitting", () => {
  const history = (losses: readonly number[], validation: readonly number[]) => ({
    epochs: losses.map((loss, i) => ({ epoch: i + 1, loss, validationLoss: validation[i]! })),
  });

  it("shows a gap that rises since the best epoch", () => {
    const found = overfitting(
      history([9, 5, 3, 2.5, 2, 1.5, 1, 0.5, 0], [9, 6, 4, 4.5, 5, 5.5, 6, 6.5, 7]),
    );
    expect(found.gaps).toEqual([0, 1, 1, 2, 3, 4, 5, 6, 7]);
    expect(found).toMatchObject({ bestEpoch: 3, gapAtBest: 1, gapAtEnd: 7, rise: 0.75 });
    expect(found.gapSlope).toBeCloseTo(1, 14);
    expect(found.evidence).toMatchObject({ bestEpoch: 3, epoch: 9 });
    expect(String(found)).toMatch(
      /^overfitting: from epoch 3 to 9 .*gap was 1 at the best epoch, 3, 7 at/,
    );
  });

  it("is content where both losses fall, even far apart", () => {
    const found = overfitting(history([5, 4, 3, 2, 1, 0.5], [9, 8, 7, 6, 5, 4]));
    expect(found).toMatchObject({ evidence: null, bestEpoch: 6, gapSlope: 0, rise: 0 });
    expect(String(found)).toMatch(/^no sign of overfitting/);
  });

  it("needs a validation loss", () => {
    expect(() => overfitting({ epochs: [{ epoch: 1, loss: 2 }] })).toThrow(/none of 1 epochs/);
  });
});
