import { scalar, ValueError, type Variable, variable } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { Dense, type ParameterGroup, Residual, Sequential, SGD } from "../src/index.js";
import { thrown } from "./support/thrown.js";

const network = () =>
  new Sequential(
    new Dense({ inputs: 2, units: 2 }),
    new Residual(new Dense({ inputs: 2, units: 2 })),
    new Dense({ inputs: 2, units: 1 }),
  );

/** How far each parameter goes with gradients of 1, in units of the rate, by path. */
function moves(groups: readonly ParameterGroup[], weightDecay = 0): Record<string, number> {
  const model = network();
  const named = [...model.namedParameters()];
  for (const [, parameter] of named) {
    parameter.assign(parameter.constantLike(1));
    parameter.grad = parameter.constantLike(1);
  }
  new SGD(named, { learningRate: 0.25, weightDecay, groups }).step();
  const moved = (parameter: Variable) => (1 - parameter.toTypedArray()[0]!) / 0.25;
  return Object.fromEntries(named.map(([path, parameter]) => [path, moved(parameter)]));
}

describe("parameter groups", () => {
  it("by patterns of paths: no decay for biases, half the rate for a layer", () => {
    const groups = [
      { parameters: /bias$/, weightDecay: 0 },
      { parameters: /^1\.inner\.weight/, learningRateFactor: 0.5 },
    ];
    expect(moves(groups, 1)).toEqual({
      "0.weight": 2,
      "0.bias": 1,
      "1.inner.weight": 1,
      "1.inner.bias": 1,
      "2.weight": 2,
      "2.bias": 1,
    });
  });

  it("a pattern with the flag g finds the same ones", () => {
    expect(moves([{ parameters: /bias$/g, learningRateFactor: 0 }])).toEqual(
      moves([{ parameters: /bias$/, learningRateFactor: 0 }]),
    );
  });

  it("by lists of variables, without paths; a factor of 0 holds still", () => {
    const [a, b] = [scalar(1), scalar(1)];
    const optimizer = new SGD([a, b], {
      learningRate: 1,
      groups: [{ parameters: [b], learningRateFactor: 0 }],
    });
    for (const parameter of [a, b]) parameter.grad = scalar(1).asTensor();
    optimizer.step();
    expect([a.item(), b.item()]).toEqual([0, 1]);
  });
});

describe("errors of parameters and groups name them", () => {
  const [w, v] = [scalar(1, { label: "w" }), scalar(2)];
  const named = { "a.weight": w, "b.weight": v };
  const make = (groups: readonly ParameterGroup[]) => new SGD(Object.entries(named), { groups });

  it.each<[problem: string, fix: RegExp, make: () => SGD]>([
    [
      "SGD: parameter a.weight is listed twice, as c.weight too, at positions 0 and 2",
      /list it once/,
      () => new SGD([...Object.entries(named), ["c.weight", w]]),
    ],
    [
      "SGD: parameter a.weight is listed twice, at positions 0 and 1",
      /list it once/,
      () => new SGD([["a.weight", w], w]),
    ],
    [
      "SGD: groups[0]: no parameter has a path like /bias/",
      /the paths are a\.weight, b\.weight/,
      () => make([{ parameters: /bias/ }]),
    ],
    [
      "SGD: groups[0]: no parameter has a path like /w/",
      /model\.namedParameters\(\)/,
      () => new SGD([w], { groups: [{ parameters: /w/ }] }),
    ],
    [
      "SGD: parameter b.weight is in groups[0] and [1]",
      /no parameter in common/,
      () => make([{ parameters: /b/ }, { parameters: [v] }]),
    ],
    [
      "SGD: groups[1] has a variable, at 1, that is not in the list",
      /the optimizer's own/,
      () => make([{ parameters: [w] }, { parameters: [v, variable([1])] }]),
    ],
    ["SGD: groups[0] has no parameters", /pattern/, () => make([{ parameters: [] }])],
    [
      "SGD: groups[0].learningRateFactor is -1, which is not in [0, ∞)",
      /give groups/,
      () => make([{ parameters: [w], learningRateFactor: -1 }]),
    ],
    [
      "SGD: groups[0].weightDecay is NaN",
      /give groups/,
      () => make([{ parameters: [w], weightDecay: Number.NaN }]),
    ],
    [
      "SGD: the parameters are not a list",
      /model\.parameters/,
      () => new SGD(new Dense({ inputs: 1, units: 1 }) as never),
    ],
    ["SGD: the list of parameters is empty", /model\.parameters/, () => new SGD(new Map())],
  ])("%s", (problem, fix, make) => {
    const error = thrown(ValueError, make);
    expect(error.message).toContain(problem);
    expect(error.fix).toMatch(fix);
  });
});
