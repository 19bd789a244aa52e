import { key, normal, type Tensor, tensor, ValueError, variable } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../autograd/test/support/close.js";
import { BatchNorm1d, Dense, Dropout, LSTMCell, Module, Sequential } from "../src/index.js";
import { thrown } from "./support/thrown.js";

const make = (seed = 1) =>
  new Sequential(
    new Dense({ inputs: 2, units: 3, key: key(seed) }),
    (z: Tensor) => z.tanh(),
    new Dropout({ key: key(seed + 1) }),
    new Dense({ inputs: 3, units: 1, key: key(seed + 2) }),
  );

const values = (module: Module) => Object.values(module.stateDict()).map((x) => x.toArray());

describe("stateDict", () => {
  it("holds every variable by its path, random keys and running means too", () => {
    expect(Object.keys(make().stateDict())).toEqual([
      "0.weight",
      "0.bias",
      "2.key",
      "3.weight",
      "3.bias",
    ]);
    const norm = new BatchNorm1d({ numFeatures: 2 });
    expect(Object.keys(norm.stateDict())).toEqual(
      expect.arrayContaining(["weight", "bias", "runningMean", "runningVar"]),
    );
  });

  it("stays as it is when the model changes", () => {
    const model = make();
    const state = model.stateDict();
    const before = state["0.weight"]!.toArray();
    (model.layers[0] as Dense).weight.assign(normal(key(9), [3, 2]));
    expect(state["0.weight"]!.toArray()).toEqual(before);
  });

  it("makes a model of other numbers the same", () => {
    const [source, target] = [make(), make(7)];
    const x = normal(key(5), [4, 2]);
    expect(target.loadStateDict(source.stateDict())).toEqual({
      missing: [],
      unexpected: [],
      mismatched: [],
    });
    expectSame(target.apply(x), source.apply(x)); // in training mode: the masks are the same
    expect(values(target)).toEqual(values(source));
  });

  it("by PyTorch's names leaves out what PyTorch has not", () => {
    const cell = new LSTMCell({ inputs: 2, hidden: 3 });
    expect(Object.keys(cell.stateDict({ naming: "torch" })).sort()).toEqual([
      "bias_hh",
      "bias_ih",
      "weight_hh",
      "weight_ih",
    ]);
    const model = make();
    const state = model.stateDict({ naming: "torch" });
    const other = make(3);
    other.loadStateDict(state, { naming: "torch" });
    expectSame((other.layers[0] as Dense).weight, (model.layers[0] as Dense).weight);
  });
});

describe("loadStateDict", () => {
  const wrong = () => {
    const { "0.bias": _, "3.bias": __, ...rest } = make(5).stateDict();
    return {
      ...rest,
      "0.weight": tensor([1, 2, 3]),
      "3.weight": tensor([[1, 2, 3]], { dtype: "float64" }),
      "4.weight": tensor([1]),
      extra: tensor([2]),
    };
  };

  it("lists all that is missing, unexpected or of another type, and changes nothing", () => {
    const model = make();
    const before = values(model);
    const error = thrown(ValueError, () => model.loadStateDict(wrong()));
    expect(error.op).toBe("loadStateDict");
    expect(error.message).toContain("missing: 0.bias, 3.bias;");
    expect(error.message).toContain("unexpected: 4.weight, extra;");
    expect(error.message).toContain(
      "of another type: 0.weight (float32 [3, 2] here, float32 [3] given), " +
        "3.weight (float32 [1, 3] here, float64 [1, 3] given)",
    );
    expect(error.fix).toContain("{ strict: false }");
    expect(values(model)).toEqual(before);
  });

  it("takes what fits when it is not strict, and tells the rest", () => {
    const model = make();
    const [weight] = values(model);
    const differences = model.loadStateDict(wrong(), { strict: false });
    expect(differences).toMatchObject({
      missing: ["0.bias", "3.bias"],
      unexpected: ["4.weight", "extra"],
    });
    expect(differences.mismatched).toHaveLength(2);
    expect(values(model)[0]).toEqual(weight);
    expect(values(model)[2]).toEqual(make(5).stateDict()["2.key"]!.toArray());
  });

  it("converts values of another dtype when told to", () => {
    const model = make();
    const { weight } = model.layers[3] as Dense;
    const state = { "3.weight": tensor([[0.1, 2, 3]], { dtype: "float64" }) };
    model.loadStateDict(state, { strict: false, cast: true });
    expect(weight.dtype).toBe("float32");
    expectClose(weight, tensor([[0.1, 2, 3]]));
  });

  it("gives parts of a larger model to a smaller one", () => {
    const encoder = new Dense({ inputs: 2, units: 3 });
    const own = Object.entries(make().stateDict()).flatMap(([name, x]) =>
      name.startsWith("0.") ? [[name.slice(2), x] as const] : [],
    );
    encoder.loadStateDict(Object.fromEntries(own));
    expect(values(encoder)[0]).toEqual(values(make())[0]);
  });
});

describe("names and sharing", () => {
  class Odd extends Module {
    readonly named = Object.fromEntries([
      ["__proto__", variable([1, 2])],
      ["constructor", variable([3])],
    ]);

    forward(x: Tensor): Tensor {
      return x;
    }
  }

  it("__proto__ and constructor are names like any other", () => {
    const [source, target] = [new Odd(), new Odd()];
    Object.values(source.named)[0]!.assign([7, 8]);
    const state = source.stateDict();
    expect(Object.keys(state)).toEqual(["named.__proto__", "named.constructor"]);
    target.loadStateDict(state);
    expect(Object.values(target.named)[0]!.toArray()).toEqual([7, 8]);
    const hostile = JSON.parse('{"__proto__": 1}');
    const given = Object.fromEntries(Object.keys(hostile).map((name) => [name, tensor([1])]));
    const error = thrown(ValueError, () => make().loadStateDict(given));
    expect(error.message).toContain("unexpected: __proto__");
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(make().stateDict())).toBe(Object.prototype);
  });

  it("a shared parameter is there once, under its first name", () => {
    class Tied extends Module {
      readonly encoder = new Dense({ inputs: 2, units: 2, bias: false });
      readonly decoder = this.encoder;
      readonly weight = this.encoder.weight;

      forward(x: Tensor): Tensor {
        return this.decoder.apply(this.encoder.apply(x)).matmul(this.weight);
      }
    }
    const [source, target] = [new Tied(), new Tied()];
    const state = source.stateDict();
    expect(Object.keys(state)).toHaveLength(1);
    target.loadStateDict(state);
    expectSame(target.decoder.weight, source.encoder.weight);
    expect(target.parameters()).toHaveLength(1);
  });
});
