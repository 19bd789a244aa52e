import { describe, expect, test } from "vitest";
import {
  checkGradients,
  customVjp,
  grad,
  noGrad,
  type Operand,
  printGraph,
  replay,
  scalar,
  type Tensor,
  tensor,
  topology,
  trace,
  vmap,
} from "../src/index.js";
import { expectClose, expectSame } from "./support/close.js";
import { evaluate } from "./support/evaluate.js";
import { expectError } from "./support/expect-error.js";
import { float64, int32 } from "./support/values.js";

const samples = [[float64([0.4, -1.2, 2])]] as const;

describe("customVjp", () => {
  /** log(1 + eˣ), whose derivative overflows if it is left to the parts. */
  const softplus = customVjp(
    (x: Tensor) => x.exp().add(1).log(),
    [({ g, x: [x] }) => g.mul(x!.neg().exp().add(1).reciprocal())],
    { samples, name: "log1pexp" },
  );

  test("uses the rule instead of the derivative", () => {
    const gradient = evaluate(
      grad((x: Tensor) => softplus(x).sum()),
      float64([0, 800]),
    );
    expectClose(gradient, [0.5, 1], { rtol: 1e-15 });
  });

  test("is one node of its name, and differentiates again", () => {
    const y = softplus(float64([0.3]));
    const names = topology([y]).nodes.map(({ op }) => op.name);
    expect(names.filter((name) => /exp|add|log/.test(name))).toEqual(["log1pexp"]);
    expect(printGraph(y)).toContain("log1pexp(");
    expect(checkGradients(softplus, [float64([0.3, -2])], { order: 3 }).worst).toBeLessThan(1e-5);
  });

  test("takes several inputs, and the output into account", () => {
    let asked: number[] = [];
    const power = customVjp(
      (a: Tensor, b: Tensor) => a.pow(b),
      [
        ({ g, x: [a, b], y }) => {
          asked.push(0);
          return g.mul(b!.mul(y).div(a!));
        },
        ({ g, x: [a], y }) => {
          asked.push(1);
          return g.mul(y.mul(a!.log()));
        },
      ],
      { samples: [[float64([2, 3]), float64([0.5, -1])]] },
    );
    asked = [];
    const f = (a: Tensor, b: Tensor) => power(a, b).sum();
    expectClose(evaluate(grad(f), float64([2]), float64([3])), [12], { rtol: 1e-15 });
    expect(new Set(asked)).toEqual(new Set([0]));
  });

  test("may be made where nothing is recorded", () => {
    const square = () =>
      customVjp((x: Tensor) => x.mul(x), [({ g, x: [x] }) => g.mul(x!).mul(2)], { samples });
    expectSame(noGrad(square)(tensor([3])), [9]);
  });

  test("null lets no gradient through, and is checked too", () => {
    const held = customVjp(
      (x: Tensor, k: Tensor) => x.mul(k.floor()),
      [({ g, x: [, k] }) => g.mul(k!.floor()), null],
      {
        samples: [[float64([1, 2]), float64([3.5, 4.5])]],
      },
    );
    const gradient = evaluate(
      grad((k: Tensor) => held(float64([1, 2]), k).sum()),
      float64([3.5, 4.5]),
    );
    expectSame(gradient, [0, 0]);
    expectError(
      () => customVjp((x: Tensor) => x.mul(2), [null], { samples, name: "leaky" }),
      { name: "GradientError", op: "leaky" },
      "input 0",
    );
  });

  test("holds integer inputs", () => {
    const pick = customVjp(
      (x: Tensor, k: Tensor) => x.gather(k, 0),
      [({ g, x: [x, k] }) => x!.mul(0).scatterAdd(k!, g, 0), null],
      { samples: [[float64([1, 2, 3]), int32([2, 0, 0])]] },
    );
    const f = (x: Tensor) =>
      pick(x, int32([1, 1, 0]))
        .square()
        .sum();
    expectSame(evaluate(grad(f), float64([5, 6, 7])), [10, 24, 0]);
  });

  test("may read variables it closes over; nobody may ask for their gradient", () => {
    const scale = scalar(2, { label: "scale" });
    const scaled = customVjp((x: Tensor) => x.mul(scale), [({ g }) => g.mul(scale)], {
      samples: [[float64(3)]],
      name: "scaled",
    });
    const gradient = (by: number) =>
      evaluate((x) => {
        scale.assign(by);
        return grad((x: Tensor) => scaled(x))(x);
      }, float64(3));
    expectSame(gradient(2), 2);
    expectSame(gradient(5), 5);
    expectError(
      () => scaled(float64(1)).backward(),
      { name: "GradientError", op: "scaled" },
      "the variable scale, which the function closed over",
      "pass it as an argument",
    );
  });

  test("is replayed, and maps over lanes", () => {
    const f = (x: Tensor) => softplus(x).sum();
    const { graph } = trace(grad(f), float64([0, 1]));
    expectSame(replay(graph, [float64([3, -2])])[0]!, grad(f)(float64([3, -2])));
    const rows = float64([
      [0, 1],
      [3, -2],
    ]);
    expectSame(evaluate(vmap(grad(f)), rows).slice(1), grad(f)(float64([3, -2])));
  });
});

describe("a surrogate", () => {
  const step = customVjp(
    (x: Tensor) => x.gt(0).cast("float64"),
    [({ g, x: [x] }) => g.div(x!.abs().mul(10).add(1).square())],
    {
      samples,
      name: "spike",
      surrogate: "fast sigmoid, Zenke 2018",
    },
  );

  test("differs from the derivative on purpose", () => {
    const [value, gradient] = evaluate(
      (x) => [step(x), grad((x: Tensor) => step(x).sum())(x)],
      float64([-0.1, 0, 0.2]),
    );
    expectSame(value!, [0, 0, 1]);
    expectClose(gradient!, [1 / 4, 1, 1 / 9], { rtol: 1e-15 });
  });

  test("is marked in the graph, and named instead of checked", () => {
    const y = step(float64([0.3]));
    expect(topology([y]).nodes.flatMap(({ op }) => op.surrogate ?? [])).toEqual([
      "fast sigmoid, Zenke 2018",
    ]);
    const report = checkGradients((x) => step(x.mul(2)).sum(), [float64([0.3])]);
    expect(report).toMatchObject({
      checked: 0,
      worst: 0,
      surrogates: ["fast sigmoid, Zenke 2018"],
    });
  });

  test("without the mark is refused", () => {
    expectError(
      () => customVjp((x: Tensor) => x.floor(), [({ g }) => g], { samples, name: "straight" }),
      { name: "GradientError", op: "straight" },
      "central difference",
      "surrogate",
    );
  });
});

describe("a wrong rule is refused where it is given", () => {
  test("with the input, the worst element and both numbers", () => {
    const wrong = () =>
      customVjp(
        (a: Operand, b: Operand) => a.mul(b),
        [({ g, x: [, b] }) => g.mul(b!), ({ g, x: [a] }) => g.mul(a!.abs())],
        { samples: [[float64([1, -3, -2]), float64([4, 5, 6])]], name: "product" },
      );
    const error = expectError(
      wrong,
      { name: "GradientError", op: "product", shapes: [[3]] },
      "element 1 of input 1 [3]",
      "central difference",
    );
    const [, analytic, numeric] = /is (\S+), but .* gives (\S+)/.exec(error.message)!;
    expect(Number(analytic)).toBeCloseTo(-Number(numeric), 5);
    expect(error.site).toMatch(/custom-vjp\.test\.ts/);
  });

  test("also if only its own derivative is wrong", () => {
    const detached = () =>
      customVjp(
        (x: Tensor) => x.pow(3),
        [({ g, x: [x] }) => g.mul(x!.stopGradient().square().mul(3))],
        {
          samples,
          name: "cube",
        },
      );
    expectError(detached, { op: "cube" }, "derivative of order 2");
    const first = customVjp(
      (x: Tensor) => x.pow(3),
      [({ g, x: [x] }) => g.mul(x!.stopGradient().square().mul(3))],
      {
        samples,
        order: 1,
      },
    );
    expectSame(grad((x: Tensor) => first(x))(float64(2)), 12);
  });

  test.each<[string, () => unknown, object, string[]]>([
    [
      "a cotangent of another shape",
      () =>
        customVjp((x: Tensor, b: Tensor) => x.add(b), [({ g }) => g, ({ g }) => g], {
          samples: [[float64([1, 2]), float64(3)]],
          name: "shift",
        }),
      { name: "ShapeError", op: "shift", shapes: [[2], []] },
      ["rule of input 1 gives float64 [2], the input is float64 []", "sum over what was broadcast"],
    ],
    [
      "a cotangent of another dtype",
      () =>
        customVjp((x: Tensor) => x.mul(1), [({ g }) => g.cast("float32")], {
          samples,
          name: "narrow",
        }),
      { name: "ShapeError", op: "narrow" },
      ["gives float32 [3], the input is float64 [3]"],
    ],
    [
      "no samples",
      () => customVjp((x: Tensor) => x, [({ g }) => g], { samples: [] }),
      { name: "GradientError" },
      ["no samples"],
    ],
    [
      "samples in float32",
      () =>
        customVjp((x: Tensor) => x.mul(1), [({ g }) => g], {
          samples: [[tensor([1])]],
          name: "same",
        }),
      { name: "DTypeError", op: "same" },
      ["input 0 is float32, expected float64"],
    ],
    [
      "an integer result",
      () => customVjp((x: Tensor) => x.argmax(), [({ g }) => g], { samples, name: "best" }),
      { name: "DTypeError", op: "best" },
      ["int32"],
    ],
  ])("%s", (_, run, facts, says) => {
    expectError(run, facts, ...says);
  });

  test("a function that assigns a variable", () => {
    const count = scalar(0, { label: "count" });
    const counting = () =>
      customVjp(
        (x: Tensor) => {
          count.assign(count.add(1));
          return x.mul(2);
        },
        [({ g }) => g.mul(2)],
        { samples, name: "counting" },
      );
    expectError(counting, { name: "TraceError", op: "counting" }, "assigns count");
    expectSame(count, 0);
  });
});
