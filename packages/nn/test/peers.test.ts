import { key, type TensorLike, tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import { crossEntropy, Dense, fit, mse, predict, SGD, seed } from "../src/index.js";

// What other libraries got wrong when they were measured, and what is right. One machine (Node
// 20.20.2, November 2026) and one version of each.

describe("not as in js-pytorch 0.7.2, where", () => {
  it("the cross-entropy of large logits is NaN", () => {
    const logits = tensor([
      [1000, 0, -1000],
      [-1000, 1000, 999],
    ]);
    const labels = tensor([2, 1], { dtype: "int32" });
    const loss = evaluate((logits) => crossEntropy(logits, labels), logits);
    expectClose(loss, (2000 + Math.log1p(Math.exp(-1))) / 2, { rtol: 1e-6 });
  });
});

/** Fits a model of two inputs to data; returns the error, and what the parameters were and are. */
async function train(data: () => { inputs: TensorLike; targets: TensorLike }) {
  const model = new Dense({ inputs: 2, units: 1, key: key(0) });
  const values = () => JSON.stringify(model.parameters().map((p) => p.toArray()));
  const before = values();
  const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
  const options = { loss: mse, optimizer, epochs: 1, key: key(1), progress: false } as const;
  const error: unknown = await (async () => fit(model, { ...options, ...data() }))().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error, before, after: values() };
}

describe("not as in brain.js 1.6.1, where a bad row trains the network to NaN:", () => {
  it.each<[string, unknown, string, RegExp]>([
    ["undefined", [2, undefined], "DTypeError", /entry \[1\]\[1\] is undefined, expected a number/],
    ["a string", [2, "three"], "DTypeError", /entry \[1\]\[1\] is string three, expected a number/],
    ["a short row", [2], "ShapeError", /row \[1\] has length 1, not 2/],
    ["NaN", [2, Number.NaN], "DataError", /inputs has NaN in row 1, column 1/],
  ])("%s", async (_, row, name, message) => {
    const inputs = [[0, 1], row] as TensorLike;
    const { error, before, after } = await train(() => ({ inputs, targets: [[0], [1]] }));
    expect(error).toMatchObject({ name, message: expect.stringMatching(message) });
    expect(after).toBe(before);
  });
});

describe("not as in brain.js 1.6.1, where", () => {
  it("an input of the wrong length gives NaN", async () => {
    const model = new Dense({ inputs: 2, units: 1, key: key(0) });
    expect(() => predict(model, [[1, 2, 3]])).toThrow(/expected shape \[…, 2\], got \[1, 3\]/);
    const { error, before, after } = await train(() => ({ inputs: [[1, 2, 3]], targets: [[0]] }));
    expect(error).toMatchObject({ name: "ShapeError" });
    expect(after).toBe(before);
  });

  it("nothing can be seeded", async () => {
    const weights = (own = {}) => new Dense({ inputs: 2, units: 3, ...own }).weight.toArray();
    expect(weights({ key: key(1) })).toEqual(weights({ key: key(1) }));
    expect(weights({ key: key(1) })).not.toEqual(weights({ key: key(2) }));
    seed(7);
    const drawn = [weights(), weights()];
    seed(7);
    expect([weights(), weights()]).toEqual(drawn);
    expect(drawn[0]).not.toEqual(drawn[1]);
    seed(0);
  });
});
