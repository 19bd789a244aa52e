import { describe, expect, test } from "vitest";
import {
  customVjp,
  defineOp,
  detectAnomaly,
  grad,
  noGrad,
  scalar,
  scope,
  type Tensor,
  tensor,
  variable,
  vjp,
} from "../../src/index.js";
import { expectErrors } from "../support/catalogue.js";
import { expectError } from "../support/expect-error.js";
import { float64 } from "../support/values.js";

const x = scalar(2, { label: "x" });

/** The cube, with a rule that forgets half of it. */
const wrongCube = () =>
  customVjp(
    (a: Tensor, b: Tensor) => a.mul(b.pow(3)),
    [({ g, x: [, b] }) => g.mul(b!.pow(3)), ({ g, x: [a, b] }) => g.mul(a!.mul(b!.square()))],
    {
      samples: [[float64([1, 1]), float64([0.1, -5])]],
      name: "cube",
    },
  );

const opaque = defineOp<readonly [Tensor]>(
  {
    name: "opaque",
    family: "unary",
    formula: { forward: "y = x", vjp: [] },
    shape: ([x]) => x!.shape,
    dtype: ([x]) => x!.dtype,
    forward: (out, [x]) => out.data.set(x!.toTypedArray()),
  },
  { samples: [{ inputs: [float64([1])] }] },
);

expectErrors("differentiation", [
  {
    does: "differentiates a vector",
    run: () => variable([1, 2]).backward(),
    name: "GradientError",
    op: "backward",
    says: ["shape [2]", "only of a scalar"],
    fix: "sum()",
    fields: { shapes: [[2]] },
  },
  {
    does: "takes grad of a vector of one",
    run: () => grad((x: Tensor) => x)(float64([1])),
    name: "GradientError",
    op: "grad",
    says: ["shape [1]", "scalar"],
    fix: "give a cotangent to vjp",
  },
  {
    does: "differentiates constants",
    run: () =>
      tensor([[1, 2]])
        .as("images")
        .mul(2)
        .sum()
        .backward(),
    name: "GradientError",
    op: "backward",
    says: ["depends on no variable", "constants alone, images, float32 []"],
    fix: "variable(...)",
  },
  {
    does: "differentiates what was computed under noGrad",
    run: () => noGrad(() => x.mul(2)).backward(),
    name: "GradientError",
    op: "backward",
    says: ["constants alone, float64 []"],
    fix: "outside noGrad",
  },
  {
    does: "differentiates behind a stopGradient",
    run: () =>
      scope("encoder", () => x.mul(2).stopGradient().as("frozen"))
        .square()
        .backward(),
    name: "GradientError",
    op: "backward",
    says: ["x is cut off by stopGradient frozen in module encoder"],
    fix: "run again under detectAnomaly to see its line",
  },
  {
    does: "differentiates behind a comparison",
    run: () => x.gt(1).cast("float32").backward(),
    name: "GradientError",
    op: "backward",
    says: ["x is cut off by gt"],
    fix: "take the gt out of the way",
  },
  {
    does: "differentiates behind an integer",
    run: () => x.cast("int32").cast("float64").backward(),
    name: "GradientError",
    op: "backward",
    says: ["x is cut off by cast"],
    fix: "take the cast out of the way",
  },
  {
    does: "gives a cotangent of the wrong shape",
    run: () => vjp((x: Tensor) => x.mul(2), float64([1, 2]))[1](float64([1, 2, 3])),
    name: "ShapeError",
    op: "vjp",
    says: ["cotangent 0 is float64 [3]", "its result is float64 [2]"],
    fix: "a cotangent of float64 [2]",
    fields: { shapes: [[3], [2]] },
  },
  {
    does: "looks for the gradient of an intermediate node",
    run: () => x.mul(2).grad,
    name: "GradientError",
    op: "grad",
    says: ["only a variable keeps a gradient"],
    fix: "record.of(node)",
  },
  {
    does: "differentiates an op without a derivative",
    run: () => scope("head", () => opaque([x])).backward(),
    name: "GradientError",
    op: "opaque",
    says: ["no derivative", "of order 1"],
    fix: "define its vjp; run again under detectAnomaly",
    fields: { modulePath: "head" },
  },
  {
    does: "gives a custom rule that is wrong",
    run: wrongCube,
    name: "GradientError",
    op: "cube",
    says: ["element 1 of input 1 [2]", "central difference"],
    fix: "rule",
  },
  {
    does: "meets NaN in a backward pass, in anomaly mode",
    run: () =>
      detectAnomaly(() =>
        scope("layer", () => variable([4, 0], { dtype: "float64" }).sqrt())
          .mul(0)
          .sum()
          .backward(),
      ),
    name: "AnomalyError",
    op: "sqrt",
    says: ["gradient by its input 0 is NaN in 1 of 2 elements", "input 0 from 0 to 4"],
    fix: "safe input",
    fields: { modulePath: "layer" },
  },
]);

describe("a wrong rule", () => {
  test("is reported with both numbers, which are right", () => {
    const { message } = expectError(wrongCube, {});
    const [, analytic, numeric] = /is (\S+), but .* gives (\S+)$/m.exec(message)!;
    expect(Number(analytic) / Number(numeric)).toBeCloseTo(1 / 3, 6);
  });
});

describe("where nobody kept the line", () => {
  const lost = () => x.mul(2).stopGradient().square().backward();

  test("the error says how to get it, and then has it", () => {
    const cold = expectError(lost, {}, "run again under detectAnomaly");
    const hot = expectError(
      () => detectAnomaly(lost),
      { op: "backward" },
      "cut off by stopGradient",
    );
    expect(hot.fix).not.toContain("detectAnomaly");
    expect(hot.site).not.toBe(cold.site);
    const line = (site: string) => Number(/:(\d+):\d+$/.exec(site)![1]);
    expect(line(hot.site!)).toBe(line(cold.site!));
  });
});
