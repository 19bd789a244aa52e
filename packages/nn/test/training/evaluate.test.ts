import { ShapeError, type Tensor, tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectSame } from "../../../autograd/test/support/close.js";
import { Dense, evaluate, Module, mae, mse, predict, rmse } from "../../src/index.js";
import { linear, plane } from "../support/regression.js";

describe("predict", () => {
  it("gives the same in batches as at once, as a constant, in evaluation mode", () => {
    const { model } = linear();
    const { inputs } = plane(11);
    const expected = model.apply(inputs).toArray();
    for (const batchSize of [1, 4, 11, 50]) {
      const output = predict(model, inputs, { batchSize });
      expect(output.toArray()).toEqual(expected);
      expect(output.inputs).toEqual([]);
    }
    expect(model.training).toBe(true);
  });

  /** Every run of the model counts; the first one takes its time, so that compiling pays. */
  class Slow extends Module {
    readonly inner = linear().model;
    runs = 0;

    constructor(readonly readsValues = false) {
      super();
    }

    forward(x: Tensor): Tensor {
      const end = performance.now() + (this.runs++ === 0 ? 40 : 0);
      while (performance.now() < end);
      const y = this.inner.apply(x);
      return this.readsValues && y.max().item() > 1e9 ? y.neg() : y;
    }
  }

  it("compiles what would take long, with the same bits", () => {
    const { inputs } = plane(19);
    const expected = predict(linear().model, inputs);
    const [compiled, eager] = [new Slow(), new Slow()];
    expectSame(predict(compiled, inputs, { batchSize: 2 }), expected);
    expectSame(predict(eager, inputs, { batchSize: 2, compile: false }), expected);
    expect(eager.runs).toBe(10);
    expect(compiled.runs).toBeLessThan(5);
  });

  it("goes on eagerly where a model reads values", () => {
    const { inputs } = plane(19);
    const model = new Slow(true);
    expectSame(predict(model, inputs, { batchSize: 2 }), predict(linear().model, inputs));
    expect(model.runs).toBeGreaterThanOrEqual(10);
  });

  it("switches to evaluation mode for as long as it runs, errors included", () => {
    const modes: boolean[] = [];
    class Watching extends Module {
      forward(x: Tensor): Tensor {
        modes.push(this.training);
        if (x.shape[0] === 1) throw new Error("one row");
        return x;
      }
    }
    const model = new Watching();
    expect(() => predict(model, tensor([1, 2, 3]), { batchSize: 2 })).toThrow("one row");
    expect([modes, model.training]).toEqual([[false, false], true]);
  });

  it("refuses inputs of another width, no rows, and models that lose rows", () => {
    const model = new Dense({ inputs: 2, units: 1 });
    expect(() => predict(model, [[1, 2, 3]])).toThrow(ShapeError);
    expect(() => predict(model, tensor([], { shape: [0, 2] }))).toThrow(/0 rows/);
    class Sum extends Module {
      forward = (x: Tensor): Tensor => x.sum();
    }
    expect(() => predict(new Sum(), [1, 2])).toThrow(/made \[\] of \[2\]: rows got lost/);
  });
});

describe("evaluate", () => {
  it("computes loss and metrics once over all rows", () => {
    const { model } = linear();
    const data = plane(7);
    const output = model.apply(data.inputs);
    const result = evaluate(model, {
      ...data,
      loss: mse,
      metrics: { rmse, mae, constant: () => 4 },
      batchSize: 3,
    });
    const item = (value: Tensor) => value.item();
    // The root of a mean is not the mean of roots: batches must not be averaged.
    expect(result).toEqual({
      loss: item(mse(output, data.targets)),
      metrics: {
        rmse: item(rmse(output, data.targets)),
        mae: item(mae(output, data.targets)),
        constant: 4,
      },
    });
  });

  it("checks the data", () => {
    const { model, loss } = linear();
    const { inputs } = plane(3);
    expect(() => evaluate(model, { inputs, targets: plane(2).targets, loss })).toThrow(
      /inputs has 3 rows, targets has 2/,
    );
    const targets = tensor([[1], [Number.NaN], [3]], { dtype: "float64" });
    expect(() => evaluate(model, { inputs, targets, loss })).toThrow(/targets has NaN in row 1/);
  });
});
