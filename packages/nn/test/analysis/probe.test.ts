import { compile, key, noGrad, normal, type Tensor, tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../../autograd/test/support/close.js";
import { evaluate } from "../../../autograd/test/support/evaluate.js";
import { Dense, Dropout, Module, probe, Residual, Sequential } from "../../src/index.js";

const f64 = { dtype: "float64" } as const;
const tanh = (z: Tensor) => z.tanh();

/** `[2] → [1]`: y = tanh(W₁x)·w₂ with W₁ = [[1, 0], [1, 1]], w₂ = [2, −1]. */
function network() {
  const hidden = new Dense({ inputs: 2, units: 2, bias: false, activation: tanh, ...f64 });
  const output = new Dense({ inputs: 2, units: 1, bias: false, ...f64 });
  hidden.weight.assign([
    [1, 0],
    [1, 1],
  ]);
  output.weight.assign([[2, -1]]);
  return new Sequential(hidden, output);
}

const x = tensor([[0.5, -0.25]], f64);
const half = (y: Tensor) => y.square().sum().mul(0.5);

describe("probe", () => {
  it("returns every named value and its gradient, as the formulas give them", () => {
    const model = network();
    const found = evaluate((x: Tensor) => probe(model, x, { loss: half }), x);
    const [a, b] = [Math.tanh(0.5), Math.tanh(0.25)];
    const y = 2 * a - b;
    expect(Object.keys(found.activations).sort()).toEqual([
      "0",
      "0.weighted sum",
      "1",
      "1.weighted sum",
    ]);
    const close = { rtol: 1e-14 };
    expectClose(found.activations["0.weighted sum"]!, [[0.5, 0.25]], close);
    expectClose(found.activations["0"]!, [[a, b]], close);
    expectClose(found.activations["1"]!, [[y]], close);
    expectClose(found.loss!, (y * y) / 2, close);
    expectClose(found.gradients["1"]!, [[y]], close);
    expectClose(found.gradients["0"]!, [[2 * y, -y]], close);
    const slopes = [2 * y * (1 - a * a), -y * (1 - b * b)];
    expectClose(found.gradients["0.weighted sum"]!, [slopes], close);
    expectClose(found.parameters["1.weight"]!, [[y * a, y * b]], close);
    expectClose(found.inputs[0]!, [[slopes[0]! + slopes[1]!, slopes[1]!]], close);
  });

  it("gives the same bits compiled and eagerly", () => {
    const model = new Sequential(
      new Dense({ inputs: 3, units: 4, activation: tanh, key: key(1) }),
      new Residual(new Dense({ inputs: 4, units: 4, key: key(2) })),
      tanh,
    );
    const rows = normal(key(3), [5, 3]);
    const look = (x: Tensor) => probe(model, x, { loss: half });
    const [eager, compiled] = [look(rows), compile(look)(rows)];
    expect(Object.keys(eager.gradients).sort()).toEqual(Object.keys(compiled.gradients).sort());
    expect(Object.keys(eager.gradients)).toContain("1.inner");
    for (const part of ["activations", "gradients", "parameters"] as const) {
      for (const [name, value] of Object.entries(eager[part])) {
        expectSame(compiled[part][name]!, value);
      }
    }
  });

  it("looks without a loss, and while nothing is recorded", () => {
    const model = network();
    const found = noGrad(() => probe(model, x));
    expect(Object.keys(found.activations)).toHaveLength(4);
    expect([found.loss, found.gradients, found.inputs]).toEqual([null, {}, [null]]);
  });

  it("numbers what comes again, and leaves out modules that hand on their input", () => {
    class Twice extends Module {
      readonly dense = new Dense({ inputs: 2, units: 2, activation: tanh, ...f64 });
      readonly dropout = new Dropout();
      forward(x: Tensor): Tensor {
        return this.dropout.apply(this.dense.apply(this.dense.apply(x).mul(2)));
      }
    }
    const names = Object.keys(probe(new Twice().eval(), x).activations).sort();
    expect(names).toEqual(["dense", "dense#2", "dense.weighted sum", "dense.weighted sum#2"]);
  });

  it("takes several inputs, and gives those of integers no gradient", () => {
    class Picked extends Module {
      readonly dense = new Dense({ inputs: 2, units: 3, ...f64 });
      forward(x: Tensor, place: Tensor): Tensor {
        return this.dense.apply(x).gather(place, 1);
      }
    }
    const place = tensor([[2]], { dtype: "int32" });
    const found = probe(new Picked(), [x, place], { loss: half });
    expect(found.inputs.map((g) => g?.shape ?? null)).toEqual([[1, 2], null]);
    expect(found.activations.dense!.shape).toEqual([1, 3]);
  });

  it("says with the shape what the module says of a wrong input", () => {
    expect(() => probe(network(), tensor([[1, 2, 3]], f64))).toThrow("expected shape […, 2]");
    expect(() => probe(network(), x, { loss: (y) => y })).toThrow(/scalar/);
  });
});
