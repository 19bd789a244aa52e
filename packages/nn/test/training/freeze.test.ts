import { key, type Tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  Adam,
  Dense,
  type FitOptions,
  fit,
  freeze,
  Module,
  mse,
  Sequential,
  unfreeze,
} from "../../src/index.js";
import { plane } from "../support/regression.js";

const dense = (inputs: number, units: number, seed: number) =>
  new Dense({ inputs, units, dtype: "float64", key: key(seed) });

class Network extends Module {
  readonly encoder = new Sequential(dense(2, 3, 1), (z: Tensor) => z.tanh(), dense(3, 3, 2));
  head = dense(3, 1, 3);

  forward(x: Tensor): Tensor {
    return this.head.apply(this.encoder.apply(x));
  }
}

const pathsOf = (model: Module) => Array.from(model.namedParameters(), ([path]) => path);
const frozenIn = (model: Module) =>
  [...model.namedParameters()].filter(([, p]) => !p.requiresGrad).map(([path]) => path);

async function train(model: Network, options: Partial<FitOptions> = {}) {
  const optimizer = new Adam(model.parameters(), { learningRate: 0.05 });
  const quiet = { progress: false, key: key(4) } as const;
  await fit(model, { ...plane(12), loss: mse, optimizer, epochs: 3, ...quiet, ...options });
}

const values = (module: Module) => module.parameters().map((parameter) => parameter.toArray());

describe("freeze", () => {
  const encoder = ["encoder.0.weight", "encoder.0.bias", "encoder.2.weight", "encoder.2.bias"];
  const head = ["head.weight", "head.bias"];

  it.each([
    ["encoder.*", encoder],
    ["encoder", encoder],
    ["*.bias", ["encoder.0.bias", "encoder.2.bias", "head.bias"]],
    [/^head/, head],
    ["encoder.*.weight", ["encoder.0.weight", "encoder.2.weight"]],
    [undefined, [...encoder, ...head]],
  ])("takes %s", (pattern, expected) => {
    const model = new Network();
    expect(freeze(model, pattern)).toEqual(expected);
    expect(frozenIn(model)).toEqual(expected);
    expect(pathsOf(model)).toEqual([...encoder, ...head]);
    expect(unfreeze(model, pattern)).toEqual(expected);
    expect(frozenIn(model)).toEqual([]);
  });

  it("names the paths when none fits", () => {
    const attempt = () => freeze(new Network(), "decoder.*");
    expect(attempt).toThrow("no parameter has a path like decoder.*");
    expect(attempt).toThrow(/the paths are encoder.0.weight, .*head.bias/);
    expect(() => freeze(new Network(), "enc.der")).toThrow("no parameter");
  });
});

describe.each([
  ["eager", false],
  ["compiled", true],
])("training, %s,", (_, compile) => {
  it("leaves frozen parameters and gives them no gradient, until they are unfrozen", async () => {
    const model = new Network();
    await train(model, { compile });
    freeze(model, "encoder");
    const [encoder, head] = [values(model.encoder), values(model.head)];
    await train(model, { compile, l2: 0.1, clipNorm: 1 });
    expect(values(model.encoder)).toEqual(encoder);
    expect(values(model.head)).not.toEqual(head);
    expect(model.encoder.parameters().every(({ grad }) => grad === null)).toBe(true);
    unfreeze(model);
    await train(model, { compile });
    expect(values(model.encoder)).not.toEqual(encoder);
  });

  it("follows a change within a run", async () => {
    const model = new Network();
    const seen: unknown[] = [];
    const onEpoch = ({ epoch }: { epoch: number }) => {
      seen.push(values(model.head));
      if (epoch === 1) freeze(model, "head");
      if (epoch === 2) unfreeze(model, "head");
    };
    await train(model, { compile, callbacks: [{ onEpoch }] });
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).not.toEqual(seen[1]);
  });

  it("goes on with another head", async () => {
    const source = new Network();
    await train(source, { compile });
    const target = new Network();
    target.loadStateDict(source.stateDict());
    target.head = dense(3, 2, 8);
    freeze(target, "encoder");
    const { inputs, targets } = plane(12);
    const both = targets.concat([targets.neg()], 1);
    const before = mse(target.apply(inputs), both).item();
    await train(target, { compile, targets: both, epochs: 80 });
    expect(values(target.encoder)).toEqual(values(source.encoder));
    expect(mse(target.apply(inputs), both).item()).toBeLessThan(before / 4);
  });
});

it("fit refuses an optimizer whose parameters are all frozen", async () => {
  const model = new Network();
  freeze(model);
  await expect(train(model)).rejects.toThrow("all 6 parameters of the optimizer are frozen");
});
