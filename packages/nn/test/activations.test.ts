import {
  compile,
  grad,
  key,
  normal,
  ShapeError,
  type Tensor,
  tensor,
  ValueError,
} from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import { activations, Dense, PReLU } from "../src/index.js";
import { float64 } from "./support/golden.js";
import { readCases, unpack } from "./support/layer-cases.js";
import { thrown } from "./support/thrown.js";

const { prelu, glu, softmax, logSoftmax, gelu, ...plain } = activations;

/** Every activation of one number, by the name that it has in the golden file. */
const byName: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  ...plain,
  gelu,
  "gelu: tanh": (x) => gelu(x, { approximate: "tanh" }),
};
const names = Object.keys(byName);
const points = readCases("activation-points");

it("are all in the golden file", () => {
  expect(Object.keys(points).sort()).toEqual([...names].sort());
});

describe.each(names)("%s", (name) => {
  const f = byName[name]!;
  const { inputs, outputs } = points[name]!;

  it.each([
    ["float64", 1e-10, 1e-14],
    ["float32", 1e-5, 1e-6],
  ] as const)("bends, saturates and ends as it should in %s", (dtype, rtol, atol) => {
    const found = evaluate(
      (given: Tensor) => {
        const x = given.alias();
        const y = f(x);
        const slope = grad(y.sum(), [x])[0]!;
        const curvature = grad(slope.sum(), [x])[0]!;
        return [y, slope, curvature];
      },
      unpack(inputs[0]!, dtype),
    );
    for (const [i, packed] of outputs.entries()) {
      expectClose(found[i]!.cast("float64"), unpack(packed, "float64"), { rtol, atol });
    }
  });

  it.each(["float64", "float32"] as const)("has eager's bits when compiled, in %s", (dtype) => {
    const both = (given: Tensor) => {
      const x = given.alias();
      const y = f(x);
      return [y, grad(y.sum(), [x])[0]!];
    };
    const x = unpack(inputs[0]!, dtype).concat([normal(key(1), [40], { std: 4, dtype })]);
    const [expected, found] = [both(x), compile(both)(x)];
    for (const [i, value] of expected.entries()) expectSame(found[i]!, value);
  });

  it("keeps NaN, and has the same value alone, among four and among five", () => {
    const alone = evaluate(f, float64([-0.7]));
    for (const size of [4, 5]) {
      const many = evaluate(f, float64(Array.from({ length: size }, () => -0.7)));
      expectSame(many, float64(Array.from({ length: size }, () => alone.item())));
    }
    expectSame(evaluate(f, float64([Number.NaN, 1])).slice(0), float64(Number.NaN));
  });
});

describe("far on the left", () => {
  it.each([
    // −20·Φ(−20), −30·σ(−30), −30·tanh(log(1 + exp(−30))) and log σ(−800), by mpmath.
    ["gelu", -20, -5.50724823721247e-88],
    ["silu", -30, -2.80728689065179e-12],
    ["mish", -30, -2.80728689065192e-12],
    ["logSigmoid", -800, -800],
  ])("%s keeps its digits", (name, x, expected) => {
    expectClose(evaluate(byName[name]!, float64([x])), [expected], { rtol: 1e-12 });
  });
});

describe("prelu", () => {
  it("has a slope of its own at 0, where the slope learns nothing", () => {
    const found = evaluate(
      (x: Tensor, slope: Tensor) => {
        const [own, by] = [x.alias(), slope.alias()];
        const y = prelu(own, by);
        const [byX, bySlope] = grad(y.sum(), [own, by]);
        return [y, byX!, bySlope!];
      },
      float64([0, 2, -2, Number.POSITIVE_INFINITY]),
      float64([0.1, 0.2, 0.3, 0.4]),
    );
    expectSame(found[0]!, float64([0, 2, -0.6, Number.POSITIVE_INFINITY]));
    expectSame(found[1]!, float64([0.1, 1, 0.3, 1]));
    expectSame(found[2]!, float64([0, 0, -2, 0]));
  });

  it("begins with the slope 0.25 as a module, and refuses channels it has no slope for", () => {
    expect(new PReLU().weight.toArray()).toEqual([0.25]);
    const error = thrown(ShapeError, () => new PReLU({ numParameters: 3 }).apply(tensor([[1, 2]])));
    expect(error).toMatchObject({ op: "PReLU", shapes: [[1, 2], [3]], axis: 1 });
    expect(error.message).toContain("expected shape [batch, 3, …], got [1, 2]");
    expect(error.fix).toContain("numParameters: 2");
  });
});

describe("glu", () => {
  it("refuses an axis without halves, naming it, the shape and the fix", () => {
    const error = thrown(ShapeError, () => glu(tensor([[1, 2, 3]])));
    expect(error).toMatchObject({ op: "glu", shapes: [[1, 3]], axis: -1 });
    expect(error.message).toContain("axis -1 of shape [1, 3] has no two halves");
    expect(error.fix).toContain("twice as many");
  });
});

describe("softmax", () => {
  it("is stable, and 0 where the input is −∞", () => {
    const x = float64([1000, 1000, Number.NEGATIVE_INFINITY]);
    expectSame(evaluate(softmax, x), float64([0.5, 0.5, 0]));
    const logs = [-Math.LN2, -Math.LN2, Number.NEGATIVE_INFINITY];
    expectClose(evaluate(logSoftmax, x), logs, { rtol: 1e-15 });
  });
});

describe("softplus", () => {
  it("refuses a beta that is not positive", () => {
    expect(() => plain.softplus(tensor([1]), { beta: 0 })).toThrow(ValueError);
    expect(() => plain.softplus(tensor([1]), { beta: 0 })).toThrow("softplus: beta is 0");
  });
});

it("an activation fits a layer as it is", () => {
  const layer = new Dense({ inputs: 2, units: 3, activation: activations.gelu });
  expect(layer.apply(tensor([[1, 2]])).shape).toEqual([1, 3]);
});
