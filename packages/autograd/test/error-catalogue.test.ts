import { describe, expect, test } from "vitest";
import {
  concat,
  customVjp,
  defineOp,
  detectAnomaly,
  grad,
  NeuriteError,
  noGrad,
  ones,
  scalar,
  scope,
  stack,
  type Tensor,
  tensor,
  variable,
  vjp,
  zeros,
} from "../src/index.js";
import { expectSame } from "./support/close.js";
import { expectError } from "./support/expect-error.js";
import { float64, int32 } from "./support/values.js";

// What a user can do wrong, line by line, and what the error has to tell.

interface Row {
  readonly does: string;
  readonly run: () => unknown;
  readonly name: string;
  readonly op: string;
  readonly says: readonly string[];
  /** Part of the way out. */
  readonly fix: string;
  readonly fields?: object;
}

const x = scalar(2, { label: "x" });
const rows = float64([[1, 2, 3]]);
const untyped = (value: unknown) => value as never;

const shapes: Row[] = [
  {
    does: "multiplies shapes that do not broadcast",
    run: () => zeros([12, 9]).mul(zeros([11])),
    name: "ShapeError",
    op: "mul",
    says: ["shapes [12, 9] and [11] do not broadcast", "axis 1 is 9 against 11"],
    fix: "[12, 9], [9] or [12, 1]",
    fields: { shapes: [[12, 9], [11]], axis: 1 },
  },
  {
    does: "adds what only a transpose would fit",
    run: () => zeros([2, 3]).add(zeros([3, 2])),
    name: "ShapeError",
    op: "add",
    says: ["[2, 3] and [3, 2]"],
    fix: "transposing it would do",
  },
  {
    does: "multiplies matrices of unequal inner sizes",
    run: () => zeros([2, 3]).matmul(zeros([2, 3])),
    name: "ShapeError",
    op: "matmul",
    says: ["[2, 3] and [2, 3]", "axis 1 of the first is 3, axis 0 of the second is 2"],
    fix: "transpose the second",
    fields: {
      shapes: [
        [2, 3],
        [2, 3],
      ],
      axis: 1,
    },
  },
  {
    does: "multiplies matrices that no transpose would fit",
    run: () => zeros([2, 3]).matmul(zeros([4, 5])),
    name: "ShapeError",
    op: "matmul",
    says: ["axis 1 of the first is 3, axis 0 of the second is 4"],
    fix: "make the inner sides equal",
  },
  {
    does: "multiplies batches that do not broadcast",
    run: () => zeros([2, 3, 4]).matmul(zeros([5, 4, 2])),
    name: "ShapeError",
    op: "matmul",
    says: ["[2, 3, 4] and [5, 4, 2]", "axis 0 is 2 against 5"],
    fix: "before the last two",
  },
  {
    does: "reshapes to another size",
    run: () => zeros([2, 3]).reshape([4]),
    name: "ShapeError",
    op: "reshape",
    says: ["shape [2, 3] does not become [4]", "6 elements into 4"],
    fix: "number of elements",
    fields: { shapes: [[2, 3], [4]] },
  },
  {
    does: "leaves two sides open",
    run: () => zeros([2, 3]).reshape([-1, -1]),
    name: "ShapeError",
    op: "reshape",
    says: ["[2, 3]", "[-1, -1]"],
    fix: "only one side may be -1",
  },
  {
    does: "leaves a side open that does not come out even",
    run: () => zeros([2, 3]).reshape([4, -1]),
    name: "ShapeError",
    op: "reshape",
    says: ["6 elements into multiples of 4"],
    fix: "number of elements",
  },
  {
    does: "reshapes to negative sides whose product fits",
    run: () => zeros([2, 3]).reshape([-2, -3]),
    name: "ShapeError",
    op: "reshape",
    says: ["[-2, -3]", "side -2"],
    fix: "at least 0",
  },
  ...[-1, 1.5, Number.NaN].map(
    (side): Row => ({
      does: `creates a side of ${side}`,
      run: () => zeros([2, side]),
      name: "ShapeError",
      op: "zeros",
      says: [`[2, ${side}]`, `side ${side}`],
      fix: "an integer of at least 0",
    }),
  ),
  {
    does: "creates more than fits",
    run: () => ones([1e6, 1e6]),
    name: "ShapeError",
    op: "ones",
    says: ["[1000000, 1000000]", "8000000000000 bytes"],
    fix: "check the sides",
  },
  {
    does: "gives a number for a shape",
    run: () => zeros(untyped(2)),
    name: "ShapeError",
    op: "zeros",
    says: ["the shape is number 2", "expected a list"],
    fix: "as in [2, 3]",
  },
  {
    does: "joins unequal shapes",
    run: () => concat([zeros([2, 3]), zeros([2, 3]), zeros([2, 4])]),
    name: "ShapeError",
    op: "concat",
    says: ["item 2 has shape [2, 4]", "expected [any, 3]", "along axis 0"],
    fix: "must agree",
    fields: { axis: 0 },
  },
  {
    does: "stacks unequal shapes",
    run: () => stack([zeros([2, 3]), zeros([2, 4])], -1),
    name: "ShapeError",
    op: "stack",
    says: ["item 1 has shape [2, 4]", "expected [2, 3]"],
    fix: "concat",
    fields: { axis: 2 },
  },
  {
    does: "writes a ragged literal",
    run: () => tensor([[[1, 2]], [[3]]]),
    name: "ShapeError",
    op: "tensor",
    says: ["row [1][0] has length 1, not 2"],
    fix: "equally long",
  },
  {
    does: "gives too few values for a shape",
    run: () => tensor([1, 2, 3], { shape: [2, 2] }),
    name: "ShapeError",
    op: "tensor",
    says: ["3 values do not fill shape [2, 2]"],
    fix: "give 4 values",
  },
  {
    does: "names an axis out of range",
    run: () => zeros([2, 3]).sum(2),
    name: "ShapeError",
    op: "sum",
    says: ["axis 2", "rank 2", "-2 to 1"],
    fix: "use an axis from -2 to 1",
    fields: { axis: 2 },
  },
  {
    does: "names an axis twice",
    run: () => zeros([2, 3]).sum([0, -2]),
    name: "ShapeError",
    op: "sum",
    says: ["axis 0 is named twice in [0,-2]"],
    fix: "once",
  },
  {
    does: "names an axis of a scalar",
    run: () => x.softmax(),
    name: "ShapeError",
    op: "softmax",
    says: ["axis -1", "a scalar has no axes"],
    fix: "unsqueeze(0)",
  },
];

const types: Row[] = [
  {
    does: "mixes dtypes",
    run: () => float64([1]).mul(tensor([1])),
    name: "DTypeError",
    op: "mul",
    says: ["float64 and float32"],
    fix: '.cast("float64")',
    fields: { shapes: [[1], [1]] },
  },
  {
    does: "adds a fraction to integers",
    run: () => int32([1]).add(0.5),
    name: "DTypeError",
    op: "add",
    says: ["0.5", "int32"],
    fix: '.cast("float32")',
  },
  {
    does: "compares integers with infinity",
    run: () => int32([1]).lt(Number.POSITIVE_INFINITY),
    name: "DTypeError",
    op: "lt",
    says: ["Infinity", "int32"],
    fix: "cast",
  },
  {
    does: "compares bool with a number",
    run: () => tensor([true]).eq(2),
    name: "DTypeError",
    op: "eq",
    says: ["2", "bool"],
    fix: "cast",
  },
  {
    does: "adds bools",
    run: () => tensor([true]).add(tensor([true])),
    name: "DTypeError",
    op: "add",
    says: ["expected numbers, got bool"],
    fix: "where",
  },
  {
    does: "chooses by numbers",
    run: () => float64([1]).where(1, 2),
    name: "DTypeError",
    op: "where",
    says: ["the condition must be bool, got float64"],
    fix: "compare first",
  },
  {
    does: "averages integers",
    run: () => int32([1, 2]).mean(),
    name: "DTypeError",
    op: "mean",
    says: ["int32"],
    fix: "cast",
  },
  ...[
    ["a BigInt", 2n, "bigint 2"],
    ["a string", "2", "string 2"],
    ["null", null, "null"],
    ["undefined", undefined, "undefined"],
    ["an object", {}, "object"],
  ].flatMap(([what, value, shown]): Row[] =>
    (["add", "maximum", "eq"] as const).map((op) => ({
      does: `gives ${what} to ${op}`,
      run: () => (op === "eq" ? x : zeros([2]))[op](untyped(value)),
      name: "DTypeError",
      op,
      says: [`the operand is ${shown}`, "expected a number"],
      fix: "use numbers or booleans",
    })),
  ),
  {
    does: "gives a string to matmul",
    run: () => zeros([2, 2]).matmul(untyped("2")),
    name: "DTypeError",
    op: "matmul",
    says: ["the operand is string 2"],
    fix: "use numbers",
  },
  {
    does: "creates from a BigInt",
    run: () => scalar(untyped(3n)),
    name: "DTypeError",
    op: "tensor",
    says: ["the data is bigint 3"],
    fix: "use numbers",
  },
  {
    does: "gives a BigInt as a side",
    run: () => zeros([untyped(2n)]),
    name: "ShapeError",
    op: "zeros",
    says: ["side bigint 2"],
    fix: "an integer",
  },
  {
    does: "gives a string as an axis",
    run: () => zeros([2, 3]).sum(untyped("0")),
    name: "ShapeError",
    op: "sum",
    says: ["an axis is string 0"],
    fix: "-2 to 1",
  },
  {
    does: "names a dtype that there is not",
    run: () => zeros([2]).cast(untyped("float16")),
    name: "DTypeError",
    op: "cast",
    says: ["float16"],
    fix: "float32, float64, int32 or bool",
  },
  {
    does: "makes a tensor of a dtype that there is not",
    run: () => tensor([1], { dtype: untyped("complex64") }),
    name: "DTypeError",
    op: "tensor",
    says: ["complex64"],
    fix: "float32, float64, int32 or bool",
  },
  {
    does: "asks for the gradient by an integer",
    run: () => grad((k: Tensor) => k.cast("float32").sum())(int32([1, 2])),
    name: "DTypeError",
    op: "grad",
    says: ["input 0 is int32"],
    fix: "cast",
    fields: { shapes: [[2]] },
  },
  {
    does: "asks for the gradient by a bool",
    run: () => grad(x.square(), [x, tensor(true)]),
    name: "DTypeError",
    op: "grad",
    says: ["input 1 is bool"],
    fix: "cast",
  },
  {
    does: "differentiates an integer",
    run: () => x.cast("int32").backward(),
    name: "DTypeError",
    op: "backward",
    says: ["the result is int32"],
    fix: "cast",
  },
  {
    does: "asks for the gradient by a number",
    run: () => grad(x.square(), [untyped(2)]),
    name: "ValueError",
    op: "grad",
    says: ["number, not a tensor"],
    fix: "pass tensors",
  },
  {
    does: "picks beyond the end",
    run: () => rows.gather(int32([[0, 3]]), 1),
    name: "IndexError",
    op: "gather",
    says: ["index 3 at position 1", "outside 0 to 2"],
    fix: "less than 3",
  },
  {
    does: "picks before the start",
    run: () => rows.gather(int32([[-1]]), 1),
    name: "IndexError",
    op: "gather",
    says: ["index -1 at position 0", "outside 0 to 2"],
    fix: "at least 0",
  },
  {
    does: "adds beyond the end",
    run: () => float64([0, 0]).scatterAdd(int32([0, 2]), float64([1, 1]), 0),
    name: "IndexError",
    op: "scatterAdd",
    says: ["index 2 at position 1", "outside 0 to 1"],
    fix: "less than 2",
  },
  {
    does: "encodes a class that there is not",
    run: () => int32([0, 7]).oneHot(5),
    name: "IndexError",
    op: "oneHot",
    says: ["index 7 at position 1", "outside 0 to 4"],
    fix: "less than 5",
  },
  {
    does: "gives fractions as an index",
    run: () => rows.gather(float64([[1]]), 1),
    name: "DTypeError",
    op: "gather",
    says: ["the index is float64, expected int32"],
    fix: '.cast("int32")',
  },
];

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

const differentiation: Row[] = [
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
];

/** What PyTorch leaves out of its messages (measured with 2.13). */
const weakSpots: Row[] = [
  {
    does: "adds shapes that do not fit: the op, both whole shapes, the line",
    run: () => zeros([4, 2, 3]).add(zeros([4, 3])),
    name: "ShapeError",
    op: "add",
    says: ["[4, 2, 3] and [4, 3]", "axis 1 is 2 against 4"],
    fix: "the second operand must be",
  },
  {
    does: "multiplies wrong shapes inside a layer: the module's path",
    run: () => scope("model", () => scope("1", () => zeros([2, 3]).matmul(zeros([4, 5])))),
    name: "ShapeError",
    op: "matmul",
    says: ["[2, 3] and [4, 5]", "in module model.1"],
    fix: "inner sides",
    fields: { modulePath: "model.1" },
  },
  {
    does: "looks up a token beyond the vocabulary: the value, the bound, the position",
    run: () => zeros([5, 2]).indexSelect(int32([1, 9]), 0),
    name: "IndexError",
    op: "gather",
    says: ["index 9", "outside 0 to 4"],
    fix: "less than 5",
  },
  {
    does: "reshapes wrongly: the op and the input's shape",
    run: () => zeros([2, 3]).reshape([2, 2]),
    name: "ShapeError",
    op: "reshape",
    says: ["shape [2, 3] does not become [2, 2]", "6 elements into 4"],
    fix: "number of elements",
  },
  {
    does: "writes rows of unequal length: which row",
    run: () => tensor([[1, 2], [3, 4], [5]]),
    name: "ShapeError",
    op: "tensor",
    says: ["row [2] has length 1, not 2"],
    fix: "equally long",
  },
  {
    does: "meets an infinite slope: the user's name for the op, its line, the range",
    run: () => detectAnomaly(() => variable([0, 9]).sqrt().sum().backward()),
    name: "AnomalyError",
    op: "sqrt",
    says: ["infinite in 1 of 2 elements", "input 0 from 0 to 9"],
    fix: "keep away from that point",
  },
];

describe.each([
  ["shapes", shapes],
  ["types and indices", types],
  ["differentiation", differentiation],
  ["where PyTorch is silent", weakSpots],
])("%s: who", (_, table) => {
  test.each(table.map((row) => [row.does, row] as const))("%s", (_, row) => {
    const { run, name, op, says, fix, fields = {} } = row;
    const error = expectError(run, { name, op, ...fields }, ...says);
    expect(error).toBeInstanceOf(NeuriteError);
    expect(error.message.startsWith(`${op}: `)).toBe(true);
    expect(error.fix).toContain(fix);
    expect(error.message).toContain(`\n  fix: ${error.fix}`);
    expect(error.site).toMatch(/error-catalogue\.test\.ts:\d+:\d+$/);
    expect(error.message).toContain(`recorded at ${error.site}`);
  });
});

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

describe("changing a saved value is impossible:", () => {
  test("what is handed over is copied, and so is what is handed out", () => {
    const data = Float64Array.of(1, 2, 3);
    const v = variable(data);
    const y = v.square().sum();
    data.fill(9);
    v.toTypedArray().fill(9);
    y.backward();
    expectSame(v.grad!, [2, 4, 6]);
  });

  test("assigning leaves what was recorded", () => {
    const v = scalar(3);
    const y = v.square();
    v.assign(100);
    y.backward();
    expectSame(v.grad!, 6);
  });

  test("shapes are frozen, and nodes have nothing to set", () => {
    const y = float64([1, 2]).mul(2);
    expect(() => (y.shape as number[]).push(3)).toThrow(TypeError);
    expect(() => Object.assign(y, { shape: [7] })).toThrow(TypeError);
    expectSame(y, [2, 4]);
  });
});
