import {
  checkpoint,
  compile,
  grad,
  key,
  normal,
  ShapeError,
  type Tensor,
  TraceError,
  ValueError,
  vmap,
} from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import {
  BatchNorm1d,
  BatchNorm2d,
  Conv2d,
  functionalCall,
  GroupNorm,
  InstanceNorm2d,
  type Layer,
  LayerNorm,
  RMSNorm,
  Sequential,
} from "../src/index.js";
import { float64 } from "./support/golden.js";
import { thrown } from "./support/thrown.js";

const own = { dtype: "float64" } as const;
const batches = [1, 2, 3].map((seed) => normal(key(seed), [4, 2], { mean: seed, ...own }));

describe("the running statistics of BatchNorm", () => {
  it("move by the momentum to the mean and the unbiased variance, and count the batches", () => {
    const norm = new BatchNorm1d({ numFeatures: 1, ...own });
    const y = evaluate((x: Tensor) => norm.apply(x), float64([[1], [3]]));
    // The mean is 2, the biased variance 1, the unbiased one 2.
    expectClose(y, [[-1 / Math.sqrt(1 + 1e-5)], [1 / Math.sqrt(1 + 1e-5)]], { rtol: 1e-15 });
    expectClose(norm.runningMean!, float64([0.2]), { rtol: 1e-15 });
    expectClose(norm.runningVar!, float64([1.1]), { rtol: 1e-15 });
    expect(norm.numBatchesTracked!.item()).toBe(1);
  });

  it("are those of all batches alike with the momentum null", () => {
    const norm = new BatchNorm1d({ numFeatures: 2, momentum: null, ...own });
    for (const batch of batches) evaluate((x: Tensor) => norm.apply(x), batch);
    const means = batches.map((batch) => batch.mean(0));
    const mean = means.reduce((a, b) => a.add(b)).div(3);
    expectClose(norm.runningMean!, mean, { rtol: 1e-14 });
    expect(norm.numBatchesTracked!.item()).toBe(3);
  });

  it.each([
    ["of float64", "float64", 0.1],
    ["of float32", "float32", 0.1],
    ["accumulating", "float32", null],
  ] as const)(
    "%s are the same to the bit in a compiled step, once a call",
    (_, dtype, momentum) => {
      const make = () => new BatchNorm1d({ numFeatures: 2, momentum, dtype });
      const [eager, traced] = [make(), make()];
      const stepOf = (norm: BatchNorm1d) => (x: Tensor) => {
        const [slope] = grad(norm.apply(x).tanh().sum(), [norm.weight!]);
        return slope!;
      };
      const step = compile(stepOf(traced));
      for (const [i, batch] of batches.entries()) {
        const x = batch.cast(dtype);
        expectSame(step(x), stepOf(eager)(x));
        const [found, expected] = [traced.stateDict(), eager.stateDict()];
        for (const [name, value] of Object.entries(expected)) expectSame(found[name]!, value);
        expect(found.numBatchesTracked!.item()).toBe(i + 1);
      }
      expect(step.traces).toBe(1);
    },
  );

  it("follow a momentum that changes between two steps", () => {
    const norm = new BatchNorm1d({ numFeatures: 2, momentum: 1, ...own });
    const step = compile((x: Tensor) => norm.apply(x));
    step(batches[0]!);
    expectClose(norm.runningMean!, batches[0]!.mean(0), { rtol: 1e-15 });
    norm.momentum = 0;
    step(batches[1]!);
    expectClose(norm.runningMean!, batches[0]!.mean(0), { rtol: 1e-15 });
  });

  it("are moved once by a checkpointed layer", () => {
    const norm = new BatchNorm1d({ numFeatures: 2, ...own });
    evaluate((given: Tensor) => {
      const x = given.alias();
      const y = checkpoint((x: Tensor) => norm.apply(x).tanh())(x);
      return grad(y.sum(), [x])[0]!;
    }, batches[0]!);
    expect(norm.numBatchesTracked!.item()).toBe(1);
  });

  it("do not move where a functional call gives others in their place", () => {
    const norm = new BatchNorm1d({ numFeatures: 2, ...own });
    const values = norm.stateDict();
    const y = evaluate((x: Tensor) => functionalCall(norm, values, x), batches[0]!);
    expect(norm.numBatchesTracked!.item()).toBe(0);
    expectSame(
      y,
      evaluate((x: Tensor) => norm.apply(x), batches[0]!),
    );
  });

  it("stay in evaluation, where a sample does not depend on its batch", () => {
    const norm = new BatchNorm1d({ numFeatures: 2, ...own });
    for (const batch of batches) evaluate((x: Tensor) => norm.apply(x), batch);
    const before = norm.stateDict();
    norm.eval();
    const y = evaluate((x: Tensor) => norm.apply(x), batches[0]!);
    const alone = evaluate((x: Tensor) => norm.apply(x), batches[0]!.slice([0, 1]));
    expectSame(alone, y.slice([0, 1]));
    for (const [name, value] of Object.entries(norm.stateDict())) expectSame(value, before[name]!);
  });

  it("have PyTorch's names, and do not learn", () => {
    const model = new Sequential(
      new Conv2d({ inChannels: 1, outChannels: 2, kernelSize: 1 }),
      new BatchNorm2d({ numFeatures: 2 }),
    );
    expect(Object.keys(model.stateDict({ naming: "torch" })).slice(2)).toEqual([
      "1.weight",
      "1.bias",
      "1.running_mean",
      "1.running_var",
      "1.num_batches_tracked",
    ]);
    expect(model.parameters()).toHaveLength(4);
  });
});

describe("normalised values", () => {
  it("keep their digits beside a large mean, in float32", () => {
    const x = normal(key(4), [64, 1]);
    const norm = new BatchNorm1d({ numFeatures: 1, eps: 0 });
    const near = evaluate((x: Tensor) => norm.apply(x), x.mul(1024).round());
    const far = evaluate(
      (x: Tensor) => norm.apply(x),
      x
        .mul(1024)
        .round()
        .add(2 ** 20),
    );
    expectClose(far, near, { atol: 2e-6 });
  });

  it.each<[string, Layer]>([
    ["LayerNorm", new LayerNorm({ normalizedShape: 3 })],
    ["RMSNorm", new RMSNorm({ normalizedShape: [2, 3] })],
    ["GroupNorm", new GroupNorm({ numGroups: 2, numChannels: 4 })],
    ["InstanceNorm2d", new InstanceNorm2d({ numFeatures: 4 })],
    ["BatchNorm2d", new BatchNorm2d({ numFeatures: 4 }).eval()],
  ])("of %s have eager's bits when compiled, gradients too", (_, norm) => {
    const step = (given: Tensor) => {
      const x = given.alias();
      const y = norm.apply(x);
      return [y, ...grad(y.tanh().sum(), [x, ...norm.parameters()])];
    };
    const x = normal(key(9), [5, 4, 2, 3]);
    const [expected, found] = [step(x), compile(step)(x)];
    for (const [i, value] of expected.entries()) expectSame(found[i]!, value);
  });

  it("do not depend on the order of the batch", () => {
    const norm = new BatchNorm1d({ numFeatures: 2, ...own });
    const order = float64([2, 0, 3, 1]).cast("int32");
    const y = evaluate((x: Tensor) => norm.apply(x), batches[0]!);
    const turned = evaluate((x: Tensor) => norm.apply(x), batches[0]!.indexSelect(order, 0));
    expectClose(turned, y.indexSelect(order, 0), { rtol: 1e-13 });
  });

  it.each<[string, Layer]>([
    ["LayerNorm", new LayerNorm({ normalizedShape: 2, ...own })],
    ["RMSNorm", new RMSNorm({ normalizedShape: [2], ...own })],
    ["BatchNorm1d", new BatchNorm1d({ numFeatures: 2, ...own }).eval()],
  ])("of %s are those of each sample under vmap, gradients too", (name, norm) => {
    const row = (x: Tensor) => (name === "BatchNorm1d" ? x.unsqueeze(0) : x);
    const value = (x: Tensor) => norm.apply(row(x)).tanh().sum();
    const both = (x: Tensor) => [value(x), grad(value)(x) as Tensor] as const;
    const [values, slopes] = evaluate((xs: Tensor) => vmap(both)(xs), batches[0]!);
    for (let i = 0; i < 4; i++) {
      const [one, slope] = both(batches[0]!.slice(i));
      expectClose(values!.slice(i), one, { rtol: 1e-13 });
      expectClose(slopes!.slice(i), slope, { rtol: 1e-10, atol: 1e-13 });
    }
  });

  it("have as RMSNorm's eps the machine epsilon of the input", () => {
    for (const [dtype, eps] of [
      ["float32", 2 ** -23],
      ["float64", 2 ** -52],
    ] as const) {
      const norm = new RMSNorm({ normalizedShape: 1, dtype });
      const x = float64([Math.sqrt(eps)]).cast(dtype);
      expectClose(evaluate((x: Tensor) => norm.apply(x), x).cast("float64"), [Math.SQRT1_2], {
        rtol: 1e-6,
      });
    }
  });
});

describe("BatchNorm refuses", () => {
  it("one value per channel in training, naming its path, the shape and the fix", () => {
    const model = new Sequential(new BatchNorm1d({ numFeatures: 2, ...own }));
    const error = thrown(ShapeError, () => model.apply(float64([[1, 2]])));
    expect(error).toMatchObject({ op: "BatchNorm1d", modulePath: "0", shapes: [[1, 2]] });
    expect(error.message).toContain("one value per channel");
    expect(error.message).toContain("[1, 2]");
    expect(error.fix).toMatch(/larger batch.*eval\(\)/);
    expect(model.eval().apply(float64([[1, 2]])).shape).toEqual([1, 2]);

    const untracked = new BatchNorm1d({ numFeatures: 2, trackRunningStats: false, ...own }).eval();
    const same = thrown(ShapeError, () => untracked.apply(float64([[1, 2]])));
    expect(same.fix).not.toContain("eval()");
    const instance = new InstanceNorm2d({ numFeatures: 1, ...own });
    const one = float64([[[[1]]], [[[2]]]]);
    expect(thrown(ShapeError, () => instance.apply(one)).message).toContain("[2, 1, 1, 1]");
  });

  it("other channels and ranks, and leaves its statistics as they were", () => {
    const norm = new BatchNorm1d({ numFeatures: 3 });
    const channels = thrown(ShapeError, () => norm.apply(batches[0]!));
    expect(channels.message).toContain(
      "expected shape [batch, 3] or [batch, 3, length], got [4, 2]",
    );
    expect(channels).toMatchObject({ axis: 1, fix: expect.stringContaining("numFeatures: 2") });
    const flat = new BatchNorm2d({ numFeatures: 2 });
    const rank = thrown(ShapeError, () => flat.apply(batches[0]!));
    expect(rank.message).toContain("expected shape [batch, 2, height, width], got [4, 2]");
    expect(rank.fix).toContain("reshape");
    expect(norm.numBatchesTracked!.item()).toBe(0);
  });

  it("a momentum outside [0, 1], a negative eps and no features", () => {
    expect(() => new BatchNorm1d({ numFeatures: 0 })).toThrow(ValueError);
    expect(() => new BatchNorm1d({ numFeatures: 0 })).toThrow("numFeatures is 0");
    expect(() => new BatchNorm2d({ numFeatures: 1, eps: -1 })).toThrow("eps is -1");
    expect(() => new BatchNorm2d({ numFeatures: 1, momentum: 1.5 })).toThrow("momentum is 1.5");
    const norm = new BatchNorm1d({ numFeatures: 1 });
    expect(() => {
      norm.momentum = Number.NaN;
    }).toThrow("BatchNorm1d: momentum is NaN");
    expect(norm.momentum).toBe(0.1);
  });

  it("to learn different statistics in each lane of vmap", () => {
    const norm = new BatchNorm1d({ numFeatures: 2, ...own });
    const lanes = batches[0]!.unsqueeze(1).broadcastTo([4, 3, 2]);
    expect(() => vmap((x: Tensor) => norm.apply(x))(lanes)).toThrow(TraceError);
  });
});

describe("the other normalisations refuse", () => {
  it("another shape, naming it and the fix", () => {
    const layer = thrown(ShapeError, () =>
      new LayerNorm({ normalizedShape: [3, 2], ...own }).apply(batches[0]!),
    );
    expect(layer).toMatchObject({
      op: "LayerNorm",
      shapes: [
        [4, 2],
        [3, 2],
      ],
    });
    expect(layer.message).toContain("expected shape […, 3, 2], got [4, 2]");
    expect(layer.fix).toContain("normalizedShape: [4, 2]");
    const rms = thrown(ShapeError, () =>
      new RMSNorm({ normalizedShape: 3, ...own }).apply(batches[0]!),
    );
    expect(rms.message).toContain("RMSNorm: expected shape […, 3], got [4, 2]");
    const group = thrown(ShapeError, () =>
      new GroupNorm({ numGroups: 1, numChannels: 3, ...own }).apply(batches[0]!),
    );
    expect(group.message).toContain("GroupNorm: expected shape [batch, 3, …], got [4, 2]");
    expect(group.fix).toContain("numChannels: 2");
  });

  it("sizes that are none, and channels that do not fall into groups", () => {
    expect(() => new LayerNorm({ normalizedShape: [] })).toThrow("normalizedShape.length is 0");
    expect(() => new LayerNorm({ normalizedShape: [2, 0] })).toThrow("normalizedShape[1] is 0");
    expect(() => new RMSNorm({ normalizedShape: 1.5 })).toThrow("normalizedShape is 1.5");
    expect(() => new GroupNorm({ numGroups: 2, numChannels: 3 })).toThrow(
      "GroupNorm: numGroups is 2, which does not divide numChannels = 3",
    );
  });
});
