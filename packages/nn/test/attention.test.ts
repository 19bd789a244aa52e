import {
  compile,
  DTypeError,
  grad,
  key,
  normal,
  ones,
  ShapeError,
  type Tensor,
  tensor,
  ValueError,
  vmap,
} from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import { Dropout, MultiHeadAttention, scaledDotProductAttention } from "../src/index.js";
import { float64 } from "./support/golden.js";
import { thrown } from "./support/thrown.js";

const own = { dtype: "float64" } as const;
const draw = (seed: number, ...shape: number[]) => normal(key(seed), shape, own);
const [query, keys, values] = [draw(1, 3, 2), draw(2, 4, 2), draw(3, 4, 2)];
const bool = (rows: boolean[][]) => tensor(rows, { dtype: "bool" });

describe("scaledDotProductAttention", () => {
  it("averages the values in the ratio of exp(query·key/√width)", () => {
    // The scores are log 3 and 0, so the shares are 3/4 and 1/4.
    const found = evaluate(
      (q: Tensor, k: Tensor, v: Tensor) => scaledDotProductAttention(q, k, v),
      float64([[Math.log(3), 0, 0, 0]]),
      float64([
        [2, 0, 0, 0],
        [0, 5, 0, 0],
      ]),
      float64([[4], [8]]),
    );
    expectClose(found, [[5]], { rtol: 1e-15 });
  });

  it("sees no key that a condition leaves out, and no later one if causal", () => {
    const mask = bool([[true, true, false, true]]);
    const elsewhere = float64([[0], [0], [7], [0]]);
    const masked = (k: Tensor, v: Tensor) => scaledDotProductAttention(query, k, v, { mask });
    const before = evaluate(masked, keys, values);
    expectSame(evaluate(masked, keys.add(elsewhere), values.sub(elsewhere)), before);
    const causal = (k: Tensor, v: Tensor) =>
      scaledDotProductAttention(query, k, v, { isCausal: true });
    const whole = evaluate(causal, keys, values);
    for (let place = 0; place < 3; place++) {
      const seen = [0, place + 1] as const;
      const part = scaledDotProductAttention(
        query.slice([place, place + 1]),
        keys.slice(seen),
        values.slice(seen),
      );
      expectClose(whole.slice([place, place + 1]), part, { rtol: 1e-14 });
    }
  });

  it("gives 0 with gradient 0 for a query without keys, of any order", () => {
    const mask = bool([
      [true, true, false, true],
      [false, false, false, false],
      [false, true, false, false],
    ]);
    const [found, byQuery, byKeys, second] = evaluate(
      (q: Tensor, k: Tensor) => {
        const [a, b] = [q.alias(), k.alias()];
        const y = scaledDotProductAttention(a, b, values, { mask });
        const [byQuery, byKeys] = grad(y.square().sum(), [a, b]);
        const second = grad(byQuery!.square().sum().add(byKeys!.square().sum()), [a])[0]!;
        return [y, byQuery!, byKeys!, second] as const;
      },
      query,
      keys,
    );
    expectSame(found!.slice(1), float64([0, 0]));
    expectSame(byQuery!.slice(1).abs(), float64([0, 0]));
    expectSame(byKeys!.slice(2).abs(), float64([0, 0]));
    for (const gradient of [byQuery!, byKeys!, second!]) {
      expect(gradient.isFinite().all().item()).toBe(1);
    }
    expectSame(found!.slice(2), values.slice(1));
  });

  it("does not depend on the order of the keys", () => {
    const order = tensor([3, 0, 2, 1], { dtype: "int32" });
    const attend = (k: Tensor, v: Tensor) => scaledDotProductAttention(query, k, v);
    expectClose(
      evaluate(attend, keys.indexSelect(order, 0), values.indexSelect(order, 0)),
      evaluate(attend, keys, values),
      { rtol: 1e-13 },
    );
  });

  it("passes its weights through dropout", () => {
    const dropout = new Dropout({ p: 1 });
    const attend = (q: Tensor) => scaledDotProductAttention(q, keys, values, { dropout });
    expectSame(
      evaluate(attend, query),
      float64([
        [0, 0],
        [0, 0],
        [0, 0],
      ]),
    );
    dropout.eval();
    expectSame(evaluate(attend, query), scaledDotProductAttention(query, keys, values));
  });

  it("refuses what does not fit, naming all shapes", () => {
    const refusal = (k: Tensor, v: Tensor, q = query) =>
      thrown(ShapeError, () => scaledDotProductAttention(q, k, v));
    const width = refusal(draw(4, 4, 3), values);
    expect(width).toMatchObject({
      op: "scaledDotProductAttention",
      shapes: [
        [3, 2],
        [4, 3],
        [4, 2],
      ],
    });
    expect(width.message).toContain("query and key differ in width, 2 and 3");
    expect(refusal(keys, draw(4, 5, 2)).message).toContain("4 keys for 5 values");
    expect(refusal(keys, values, draw(4, 2)).message).toContain("at least two axes");

    const masked = (mask: Tensor) => () => scaledDotProductAttention(query, keys, values, { mask });
    const shape = thrown(ShapeError, masked(ones([4, 3], own)));
    expect(shape.message).toContain(
      "a mask of shape [4, 3] does not broadcast to the scores [3, 4]",
    );
    const dtype = thrown(DTypeError, masked(ones([3, 4], { dtype: "int32" })));
    expect(dtype.message).toContain("a mask is bool or float64, not int32");
    expect(dtype.fix).toContain("mask.ne(0)");
  });
});

describe("MultiHeadAttention", () => {
  const attention = new MultiHeadAttention({ embedDim: 4, numHeads: 2, key: key(5), ...own });
  const x = draw(6, 2, 3, 4);

  it("has PyTorch's names and starts as PyTorch does", () => {
    const state = attention.stateDict({ naming: "torch" });
    expect(Object.keys(state)).toEqual([
      "in_proj_weight",
      "in_proj_bias",
      "out_proj.weight",
      "out_proj.bias",
    ]);
    const { inProjWeight, inProjBias, outProj } = attention;
    expect(inProjWeight.shape).toEqual([12, 4]);
    // Xavier's bound for 4 inputs and 12 outputs.
    expect(inProjWeight.abs().max().item()).toBeLessThan(Math.sqrt(6 / 16));
    expect(inProjWeight.abs().max().item()).toBeGreaterThan(0.5 * Math.sqrt(6 / 16));
    expect([inProjBias!, outProj.bias!].every((bias) => bias.eq(0).all().item())).toBe(true);
    const dropping = new MultiHeadAttention({ embedDim: 4, numHeads: 2, dropout: 0.5 });
    expect(Object.keys(dropping.stateDict({ naming: "torch" }))).toEqual(Object.keys(state));
  });

  it("is the same for one tensor as for three that are equal", () => {
    const one = evaluate((x: Tensor) => attention.apply(x), x);
    const three = evaluate(
      (q: Tensor, k: Tensor, v: Tensor) => attention.apply(q, k, v),
      x,
      x.alias(),
      x.alias(),
    );
    expectClose(three.output, one.output, { rtol: 1e-13 });
    expectClose(one.weights.sum(-1), ones([2, 2, 3], own), { rtol: 1e-14 });
  });

  it("takes no part of padding, whatever lies there, and joins masks", () => {
    const keyMask = bool([
      [true, true, false],
      [true, false, false],
    ]);
    const attend = (x: Tensor) => attention.apply(x, x, x, { keyMask, isCausal: true });
    const { output, weights } = evaluate(attend, x);
    expectSame(
      weights.slice(null, null, null, 2),
      float64([
        [
          [0, 0, 0],
          [0, 0, 0],
        ],
        [
          [0, 0, 0],
          [0, 0, 0],
        ],
      ]),
    );
    expectSame(
      weights.slice(1, 0),
      float64([
        [1, 0, 0],
        [1, 0, 0],
        [1, 0, 0],
      ]),
    );
    expectSame(weights.slice(0, 0, 0), float64([1, 0, 0]));
    const changed = x.add(float64([[0], [0], [9]]));
    expectSame(evaluate(attend, changed).output.slice(null, [0, 2]), output.slice(null, [0, 2]));
  });

  it("drops weights while training, the same ones in a compiled step", () => {
    const make = () =>
      new MultiHeadAttention({ embedDim: 4, numHeads: 2, dropout: 0.5, key: key(7), ...own });
    const [eager, traced] = [make(), make()];
    const step = compile((x: Tensor) => traced.apply(x).output);
    const [first, second] = [step(x), step(x)];
    expectSame(first, eager.apply(x).output);
    expectSame(second, eager.apply(x).output);
    expect(second.toArray()).not.toEqual(first.toArray());
    eager.eval();
    traced.eval();
    expectSame(step(x), eager.apply(x).output);
    expectSame(eager.apply(x).output, eager.apply(x).output);
  });

  it("has eager's bits when compiled, gradients too", () => {
    const small = new MultiHeadAttention({ embedDim: 4, numHeads: 2, key: key(9) });
    const keyMask = bool([
      [true, true, false],
      [false, false, false],
    ]);
    const step = (given: Tensor) => {
      const x = given.alias();
      const { output, weights } = small.apply(x, x, x, { keyMask, isCausal: true });
      return [output, weights, ...grad(output.tanh().sum(), [x, ...small.parameters()])];
    };
    const narrow = x.cast("float32");
    const [expected, found] = [step(narrow), compile(step)(narrow)];
    for (const [i, value] of expected.entries()) expectSame(found[i]!, value);
  });

  it("is that of each sample under vmap", () => {
    const attend = (x: Tensor) => attention.apply(x).output;
    const together = evaluate((x: Tensor) => attend(x), x);
    const each = evaluate((x: Tensor) => vmap(attend)(x), x);
    expectClose(each, together, { rtol: 1e-13 });
  });

  it("refuses sizes and shapes that do not fit", () => {
    expect(() => new MultiHeadAttention({ embedDim: 4, numHeads: 3 })).toThrow(ValueError);
    expect(() => new MultiHeadAttention({ embedDim: 4, numHeads: 3 })).toThrow(
      "MultiHeadAttention: numHeads is 3, which does not divide embedDim = 4",
    );
    expect(() => new MultiHeadAttention({ embedDim: 4, numHeads: 0 })).toThrow("numHeads is 0");
    expect(() => new MultiHeadAttention({ embedDim: 4, numHeads: 2, dropout: 2 })).toThrow(
      "dropout is 2",
    );
    const width = thrown(ShapeError, () => attention.apply(draw(8, 2, 3, 5)));
    expect(width).toMatchObject({
      op: "MultiHeadAttention",
      shapes: [
        [2, 3, 5],
        [2, 3, 5],
        [2, 3, 5],
      ],
    });
    expect(width.message).toContain("expected shapes […, places, 4], got query [2, 3, 5]");
    const count = thrown(ShapeError, () => attention.apply(x, x, draw(8, 2, 2, 4)));
    expect(count.message).toContain("3 keys for 2 values");
    const keyMask = bool([[true, true]]);
    const mask = thrown(ShapeError, () => attention.apply(x, x, x, { keyMask }));
    expect(mask.message).toContain("MultiHeadAttention: a mask of shape [1, 1, 1, 2]");
  });
});
