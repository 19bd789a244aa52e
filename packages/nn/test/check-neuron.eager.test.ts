import { customVjp, key, normal, ShapeError, type Tensor, tensor, zeros } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  checkNeuron,
  init,
  LinearNeuron,
  MaxoutNeuron,
  Neuron,
  Perceptron,
  RadialBasisNeuron,
  ReLUNeuron,
  SigmoidNeuron,
  SoftplusNeuron,
  TanhNeuron,
} from "../src/index.js";

// The report runs eagerly and compiled by itself.

const samples = normal(key(1), [12, 3], { dtype: "float64" });

describe("checkNeuron", () => {
  it.each([
    LinearNeuron,
    SigmoidNeuron,
    TanhNeuron,
    ReLUNeuron,
    SoftplusNeuron,
    RadialBasisNeuron,
    MaxoutNeuron,
  ])("finds $name all right", (neuron) => {
    const report = checkNeuron(neuron, samples);
    expect(report.verdicts.filter(({ status }) => status !== "ok")).toEqual([]);
    expect(report.verdicts).toHaveLength(9);
  });

  it("takes the neuron's options, and names a surrogate instead of comparing it", () => {
    const report = checkNeuron(Perceptron, samples, { straightThrough: true });
    expect(report.ok).toBe(true);
    expect(report.verdict("gradient")!.found).toMatch("straight-through, Bengio 2013");
  });

  it("reads as a table with the worst numbers", () => {
    const text = String(checkNeuron(TanhNeuron, samples));
    expect(text).toMatch(/^TanhNeuron: ok\nresult +ok +\[12, 3\] gives \[12\]/);
    expect(text).toMatch(/gradient +ok +\d+ derivatives of order 1 and 2 agree, the worst within /);
    expect(text).toMatch(/precision +ok +float32 is off by [\d.]+e-\d of the largest/);
    expect(text.split("\n")).toHaveLength(10);
  });

  it("examines a neuron with a state on sequences", () => {
    class Leaky extends Neuron {
      readonly weight = this.parameter([this.inputs]);
      initialState() {
        return { v: zeros([]) };
      }
      forward(x: Tensor, { v }: { v: Tensor }) {
        const next = v.mul(0.9).add(x.dot(this.weight));
        return [next.tanh(), { v: next }] as const;
      }
    }
    const report = checkNeuron(Leaky, normal(key(1), [5, 3, 2]));
    expect(report.verdicts.filter(({ status }) => status !== "ok")).toEqual([]);
    expect(() => checkNeuron(Leaky, samples)).toThrow(ShapeError);
  });

  it("leaves kinks out", () => {
    class Bent extends Neuron {
      readonly weight = this.parameter([this.inputs], { init: init.normal() });
      forward(x: Tensor): Tensor {
        return x.dot(this.weight).relu();
      }
    }
    const report = checkNeuron(Bent, [
      [0, 0],
      [1, 2],
      [2, -1],
      [-1, 3],
    ]);
    expect(report.verdict("gradient")).toMatchObject({
      status: "ok",
      found: expect.stringMatching("1 of 4 samples lie on kinks"),
    });
  });
});

describe("a wrong neuron is caught, never thrown:", () => {
  abstract class Weighted extends Neuron {
    readonly weight = this.parameter([this.inputs]);
    protected sum = (x: Tensor): Tensor => x.dot(this.weight);
  }
  const wrongIn = (neuron: Parameters<typeof checkNeuron>[0], given: Tensor = samples) => {
    const report = checkNeuron(neuron, given);
    expect(report.ok).toBe(false);
    expect(String(report)).toMatch(`${neuron.name}: wrong`);
    return report;
  };

  it("a rule that holds only where its author looked", () => {
    const square = customVjp(
      (z: Tensor) => z.square(),
      [({ g, x: [z] }) => g.mul(z!.abs()).mul(2)],
      {
        name: "square",
        samples: [[tensor(Float64Array.of(0.5, 2))]],
      },
    );
    class Wrong extends Weighted {
      forward(x: Tensor): Tensor {
        return square(this.sum(x));
      }
    }
    expect(wrongIn(Wrong).verdict("gradient")).toMatchObject({
      status: "wrong",
      found: expect.stringMatching(/the derivative by element \d of (x|weight) .* but a central/),
    });
  });

  it("one that reads a value", () => {
    class Reading extends Weighted {
      forward(x: Tensor): Tensor {
        const z = this.sum(x);
        return z.sum().item() > 0 ? z : z.mul(0.5);
      }
    }
    const report = wrongIn(Reading);
    expect(report.verdict("compiled")!.status).toBe("wrong");
    expect(report.verdict("layer")!.found).toMatch("item");
  });

  it("a dead one", () => {
    class Dead extends Weighted {
      forward(x: Tensor): Tensor {
        return this.sum(x).sub(100).relu();
      }
    }
    expect(wrongIn(Dead).verdict("alive")).toMatchObject({
      status: "wrong",
      found: "32 of 32 fresh units have slope 0 at every sample",
    });
    expect(wrongIn(Perceptron).verdict("alive")!.fix).toMatch("surrogate");
  });

  it("one that mixes the rows of a batch", () => {
    class Mixing extends Weighted {
      forward(x: Tensor): Tensor {
        const z = this.sum(x);
        return z.sub(z.mean());
      }
    }
    expect(wrongIn(Mixing).verdict("batch")!.found).toMatch(
      /sample 0 is off by .* in a batch of 12/,
    );
  });

  it("one of another dtype or shape", () => {
    class Narrow extends Weighted {
      forward(x: Tensor): Tensor {
        return this.sum(x).cast("float32");
      }
    }
    expect(wrongIn(Narrow).verdict("result")!.found).toMatch("float64 give float32");
    class Wide extends Weighted {
      forward(x: Tensor): Tensor {
        return x.mul(this.weight);
      }
    }
    expect(wrongIn(Wide).verdict("result")!.found).toMatch("[12, 3] gives [12, 3]");
  });

  it("one that overflows, or cancels, in float32", () => {
    class Overflowing extends Weighted {
      forward(x: Tensor): Tensor {
        const e = this.sum(x).mul(200).exp();
        return e.div(e.add(1));
      }
    }
    expect(wrongIn(Overflowing).verdict("precision")).toMatchObject({ status: "wrong" });
    class Cancelling extends Weighted {
      forward(x: Tensor): Tensor {
        return this.sum(x).add(1e5).sub(1e5);
      }
    }
    expect(wrongIn(Cancelling).verdict("precision")!.found).toMatch(/float32 is off by 0\.00/);
  });

  it("one with a hidden state, one that cannot be made, one that throws", () => {
    class Counting extends Weighted {
      calls = 0;
      forward(x: Tensor): Tensor {
        return this.sum(x).mul(++this.calls);
      }
    }
    expect(wrongIn(Counting).verdict("layer")!.found).toMatch("changes its field calls");
    class Unmade extends Weighted {
      readonly more = this.parameter([-1]);
      forward(x: Tensor): Tensor {
        return this.sum(x);
      }
    }
    expect(wrongIn(Unmade).verdicts.every(({ status }) => status === "wrong")).toBe(true);
    class Throwing extends Weighted {
      forward(): Tensor {
        throw "anything";
      }
    }
    expect(wrongIn(Throwing).verdict("result")!.found).toBe("anything");
  });

  it("and a doubtful beginning is a warning", () => {
    class Saturated extends Neuron {
      readonly weight = this.parameter([this.inputs], { init: init.normal(0, 50) });
      forward(x: Tensor): Tensor {
        return x.dot(this.weight).tanh();
      }
    }
    const saturated = checkNeuron(Saturated, samples);
    expect(saturated.verdict("saturation")!.status).toBe("warning");
    class Alike extends Neuron {
      readonly weight = this.parameter([this.inputs], { init: init.ones });
      forward(x: Tensor): Tensor {
        return x.dot(this.weight);
      }
    }
    const alike = checkNeuron(Alike, samples);
    expect(alike.ok).toBe(true);
    expect(alike.verdict("spread")!.found).toMatch("all units begin alike");
  });
});
