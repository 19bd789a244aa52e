import { describe, expect, test } from "vitest";
import { key, normal, type Tensor, topology, trace, vmap } from "../../src/index.js";
import { expectClose, expectSame } from "../support/close.js";
import { evaluate } from "../support/evaluate.js";

const [x, weights, biases] = [1, 2, 3].map((seed) =>
  normal(key(seed), [[5, 3], [4, 3], [4]][seed - 1]!, { dtype: "float64" }),
) as [Tensor, Tensor, Tensor];

const unit = (weight: Tensor, bias: Tensor) => x.dot(weight).add(bias).tanh().mul(x.sum(-1));
const layer = vmap(unit, { outAxes: -1 });

describe("lanes that come from another axis stay there through elementwise ops", () => {
  test("so that a unit mapped over its weights is a layer, without a transpose of its results", () => {
    const { result } = trace(layer, weights, biases);
    const { nodes } = topology([result as Tensor]);
    const turned = nodes.filter(({ op, shape }) => op.name === "transpose" && shape.includes(5));
    expect(turned).toEqual([]);
  });

  test("with the values of each lane, and the gradients", () => {
    const y = evaluate(layer, weights, biases) as Tensor;
    for (const lane of [0, 1, 2, 3]) {
      expectSame(y.slice(null, lane), unit(weights.slice(lane), biases.slice(lane)));
    }
    const direct = (w: Tensor, b: Tensor) =>
      x
        .matmul(w.transpose())
        .add(b)
        .tanh()
        .mul(x.sum(-1, { keepDims: true }));
    expectClose(y, direct(weights, biases), { rtol: 1e-14 });
  });

  test("beside conditions, and lanes that lie in front already", () => {
    const f = (weight: Tensor, bias: Tensor) => {
      const z = x.dot(weight);
      return z.gt(0).where(z.add(bias), bias.mul(weight.sum()).add(z));
    };
    const y = evaluate(vmap(f), weights, biases) as Tensor;
    for (const lane of [0, 1, 2, 3]) {
      expectClose(y.slice(lane), f(weights.slice(lane), biases.slice(lane)), { rtol: 1e-14 });
    }
  });
});
