import { key, type Tensor, tensor, zeros } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { Conv2d, Dense, Flatten, LSTM, Module, Sequential, summary } from "../../src/index.js";

const relu = (z: Tensor) => z.relu();

describe("summary", () => {
  it("counts what a network by hand counts", () => {
    const model = new Sequential(
      new Dense({ inputs: 784, units: 32, activation: relu }),
      new Dense({ inputs: 32, units: 10 }),
    );
    const found = summary(model, zeros([1, 784]));
    expect(found.rows.map(({ path, kind, outputs }) => [path, kind, outputs])).toEqual([
      ["", "Sequential", [[1, 10]]],
      ["0", "Dense", [[1, 32]]],
      ["1", "Dense", [[1, 10]]],
    ]);
    expect(found.rows.map(({ parameters }) => parameters)).toEqual([0, 784 * 32 + 32, 330]);
    expect(found.parameters).toBe(784 * 32 + 32 + 330);
    // Products, sums, biases and the activation: 2·n·m + m + m, and without one 2·n·m + m.
    expect(found.rows.map(({ flops }) => flops)).toEqual([0, 2 * 784 * 32 + 64, 2 * 320 + 10]);
    expect(found.flops).toBe(2 * 784 * 32 + 64 + 650);
  });

  it("counts convolutions", () => {
    const model = new Sequential(
      new Conv2d({ inChannels: 3, outChannels: 8, kernelSize: 3, padding: 1 }),
      new Flatten(),
      new Dense({ inputs: 8 * 6 * 5, units: 2 }),
    );
    const found = summary(model, zeros([4, 3, 6, 5]));
    const places = 4 * 8 * 6 * 5;
    expect(found.rows[1]).toMatchObject({
      outputs: [[4, 8, 6, 5]],
      parameters: 8 * 27 + 8,
      flops: places * 27 * 2 + places,
    });
    expect(found.rows[2]).toMatchObject({ outputs: [[4, 240]], parameters: 0, flops: 0 });
  });

  it("counts a shared parameter once, and says which learn", () => {
    class Tied extends Module {
      readonly first = new Dense({ inputs: 3, units: 3 });
      readonly second = this.first;
      readonly third = new Dense({ inputs: 3, units: 2 });
      forward(x: Tensor): Tensor {
        return this.third.apply(this.second.apply(this.first.apply(x)));
      }
    }
    const model = new Tied();
    for (const parameter of model.first.parameters()) parameter.requiresGrad = false;
    const found = summary(model, zeros([1, 3]));
    expect([found.parameters, found.trainable]).toEqual([20, 8]);
    // It runs twice, though.
    expect(found.rows[1]!.flops).toBe(2 * (18 + 3));
    expect(String(found)).toContain("20 parameters, 8 of them learning");
  });

  it("counts each step of a loop", () => {
    const [batch, hidden, inputs] = [2, 4, 3];
    const cost = (times: number) =>
      summary(new LSTM({ inputs, hidden }), zeros([batch, times, inputs])).flops;
    const products = 2 * batch * 4 * hidden * (inputs + hidden);
    expect(cost(6) - cost(5)).toBe(cost(7) - cost(6));
    expect(cost(6) - cost(5)).toBeGreaterThan(products);
    expect(cost(6) - cost(5)).toBeLessThan(2 * products);
  });

  it("computes nothing and leaves no trace in the model", () => {
    const model = new Dense({ inputs: 2, units: 2, key: key(1) });
    const before = model.weight.version;
    summary(model, tensor([[Number.NaN, 1]]));
    expect(model.weight.version).toBe(before);
    expect(model.weight.grad).toBeNull();
  });

  it("prints an aligned table", () => {
    const model = new Sequential(new Dense({ inputs: 100, units: 20 }), relu);
    expect(String(summary(model, zeros([1, 100])))).toBe(
      [
        "path     class       output   parameters  FLOPs",
        "(model)  Sequential  [1, 20]           0     20",
        "0        Dense       [1, 20]       2,020  4,020",
        "2,020 parameters; 4,040 FLOPs a call",
      ].join("\n"),
    );
  });
});
