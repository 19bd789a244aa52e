import { grad, key, ShapeError, type Tensor, tensor, ValueError } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import { Dense, Module, Residual, Sequential } from "../src/index.js";
import { checkModule } from "./support/functional.js";
import { expectGolden, float64, golden } from "./support/golden.js";

const small = { inputs: 2, units: 2, dtype: "float64" } as const;

/** x ↦ (x₀ + 2x₁ + 10, 3x₀ + 4x₁ + 20). */
function byHand(activation?: (z: Tensor) => Tensor): Dense {
  const layer = new Dense(activation ? { ...small, activation } : small);
  layer.weight.assign([
    [1, 2],
    [3, 4],
  ]);
  layer.bias?.assign([10, 20]);
  return layer;
}

describe("Dense", () => {
  it("is x·Wᵀ + b, over any leading axes", () => {
    const layer = byHand();
    const apply = (x: Tensor) => layer.apply(x);
    expectSame(evaluate(apply, float64([1, 1])), float64([13, 27]));
    const rows = float64([
      [
        [1, 1],
        [0, 0],
      ],
      [
        [-1, 0],
        [0, -1],
      ],
    ]);
    expectSame(
      evaluate(apply, rows),
      float64([
        [
          [13, 27],
          [10, 20],
        ],
        [
          [9, 17],
          [8, 16],
        ],
      ]),
    );
  });

  it("applies its activation, and leaves out the bias on request", () => {
    const layer = new Dense({ ...small, bias: false, activation: (z) => z.relu() });
    expect(layer.parameters()).toEqual([layer.weight]);
    layer.weight.assign([
      [1, 2],
      [3, -4],
    ]);
    expectSame(
      evaluate((x: Tensor) => layer.apply(x), float64([1, 1])),
      float64([3, 0]),
    );
  });

  it("agrees with PyTorch's Linear, gradients included", () => {
    const { weight, bias, input, out, cot, gradients } = golden.linear;
    const layer = new Dense({ inputs: 3, units: 4, dtype: "float64" });
    layer.weight.assign(float64(weight));
    layer.bias!.assign(float64(bias));
    const found = evaluate(
      (input: Tensor, cot: Tensor) => {
        const x = input.alias();
        const y = layer.apply(x);
        const [byWeight, byBias, byInput] = grad(y.mul(cot).sum(), [layer.weight, layer.bias!, x]);
        return { y, weight: byWeight!, bias: byBias!, input: byInput! };
      },
      float64(input),
      float64(cot),
    );
    expectGolden(found.y, out);
    for (const name of ["weight", "bias", "input"] as const) {
      expectGolden(found[name], gradients[name]!);
    }
  });

  it("has the right first and second derivatives", () => {
    const layer = new Dense({ ...small, activation: (z) => z.tanh(), key: key(3) });
    const x = float64([
      [0.5, -1],
      [0.2, 0.3],
    ]);
    expect(checkModule(layer, (x) => layer.apply(x), [x]).worst).toBeLessThan(1e-6);
  });

  it("refuses another width, naming its path, both shapes and the fix", () => {
    const model = new Sequential(byHand(), new Dense({ inputs: 3, units: 1, dtype: "float64" }));
    const attempt = () => model.apply(float64([[1, 1]]));
    expect(attempt).toThrow(ShapeError);
    expect(attempt).toThrow(
      expect.objectContaining({
        op: "Dense",
        modulePath: "1",
        shapes: [
          [1, 2],
          [1, 3],
        ],
        fix: expect.stringContaining("inputs: 2"),
      }),
    );
  });

  it("refuses sizes that are none", () => {
    expect(() => new Dense({ inputs: 2, units: 0 })).toThrow(ValueError);
    expect(() => new Dense({ inputs: 2.5, units: 1 })).toThrow(
      "Dense: inputs is 2.5, which is not a positive integer",
    );
  });
});

describe("Sequential", () => {
  it("feeds each layer with what the one before made; functions count", () => {
    const model = new Sequential(byHand(), (z) => z.mul(2), byHand());
    const y = evaluate((x: Tensor) => model.apply(x), float64([1, 1]));
    expectSame(y, float64([26 + 2 * 54 + 10, 3 * 26 + 4 * 54 + 20]));
  });

  it("names its layers as PyTorch does", () => {
    const model = new Sequential(byHand(), (z) => z.tanh(), new Sequential(byHand()));
    expect(Array.from(model.namedParameters(), ([path]) => path)).toEqual([
      "0.weight",
      "0.bias",
      "2.0.weight",
      "2.0.bias",
    ]);
  });

  it("gives functions a scope too, so that errors in them have a path", () => {
    const model = new Sequential(byHand(), (z) => z.matmul(float64([[1, 2, 3]])));
    expect(() => model.apply(float64([[1, 1]]))).toThrow(
      expect.objectContaining({ modulePath: "1" }),
    );
    expect(new Sequential((z) => z.tanh()).apply(float64([1])).scope.path).toBe("0");
  });

  it("without layers is the identity", () => {
    expectSame(
      evaluate((x: Tensor) => new Sequential().apply(x), float64([1, 2])),
      float64([1, 2]),
    );
  });

  it("has the right first and second derivatives", () => {
    const layer = () => new Dense({ ...small, key: key(4) });
    const model = new Sequential(layer(), (z) => z.sigmoid(), layer());
    const report = checkModule(model, (x) => model.apply(x), [float64([[0.5, -1]])]);
    expect(report.worst).toBeLessThan(1e-6);
  });
});

describe("Residual", () => {
  it("adds what the inner layer makes to x", () => {
    const block = new Residual(byHand());
    const y = evaluate((x: Tensor) => block.apply(x), float64([[1, 1]]));
    expectSame(y, float64([[14, 28]]));
  });

  it("has the gradient 1 + that of the inner layer", () => {
    const block = new Residual((x) => x.mul(3));
    const slope = evaluate(
      (input: Tensor) => {
        const x = input.alias();
        return grad(block.apply(x).sum(), [x])[0]!;
      },
      float64([5, 6]),
    );
    expectSame(slope, float64([4, 4]));
  });

  it("lists the parameters of the inner layer, and has right derivatives", () => {
    const block = new Residual(new Dense({ ...small, activation: (z) => z.tanh(), key: key(5) }));
    const paths = Array.from(block.namedParameters(), ([path]) => path);
    expect(paths).toEqual(["inner.weight", "inner.bias"]);
    const report = checkModule(block, (x) => block.apply(x), [float64([[0.5, -1]])]);
    expect(report.worst).toBeLessThan(1e-6);
  });

  it("refuses an inner layer that changes the shape, naming its path and both shapes", () => {
    class Tower extends Module {
      readonly blocks = [new Residual(new Dense({ inputs: 2, units: 3 }))];
      forward(x: Tensor) {
        return this.blocks[0]!.apply(x);
      }
    }
    const attempt = () => new Tower().apply(tensor([[1, 1]]));
    expect(attempt).toThrow(ShapeError);
    expect(attempt).toThrow(
      expect.objectContaining({
        op: "Residual",
        modulePath: "blocks.0",
        shapes: [
          [1, 2],
          [1, 3],
        ],
      }),
    );
  });

  it("does not broadcast the inner layer over x", () => {
    const block = new Residual((x) => x.sum(0, { keepDims: true }));
    expect(() => block.apply(tensor([[1], [2]]))).toThrow(/shape \[2, 1\] into \[1, 1\]/);
  });
});
