import { describe, expect, test } from "vitest";
import {
  callSite,
  currentScope,
  DTypeError,
  grad,
  type NeuriteError,
  noGrad,
  ShapeError,
  scalar,
  scope,
  type Tensor,
  tensor,
  trace,
  variable,
  zeros,
} from "../src/index.js";
import { isRecording } from "../src/recording.js";
import { errorOf } from "./support/checks.js";
import { expectSame } from "./support/close.js";
import { expectError } from "./support/expect-error.js";
import { float64, int32 } from "./support/values.js";

describe("the form", () => {
  test("op, shapes, axis, site, module and fix: in the text and as fields", () => {
    const [a, b] = [zeros([12, 9]), zeros([11])];
    const error = scope("encoder", () =>
      scope("1", () =>
        expectError(() => a.mul(b), {
          name: "ShapeError",
          op: "mul",
          shapes: [[12, 9], [11]],
          axis: 1,
          modulePath: "encoder.1",
          fix: "the second operand must be [12, 9], [9] or [12, 1]",
        }),
      ),
    );
    expect(error).toBeInstanceOf(ShapeError);
    expect(
      error.message.replace(/recorded at .+?:\d+:\d+/, "recorded at SITE"),
    ).toMatchInlineSnapshot(`
      "mul: shapes [12, 9] and [11] do not broadcast: axis 1 is 9 against 11
        recorded at SITE   in module encoder.1
        fix: the second operand must be [12, 9], [9] or [12, 1]"
    `);
  });

  test("the site is the line of the user's call, wherever below it the error arose", () => {
    const here = callSite()!;
    const error = errorOf(() => tensor([1, 2]).softmax(3)) as NeuriteError;
    const [file, line] = here.split(":");
    expect(error.site).toMatch(new RegExp(`^${file}:${Number(line) + 1}:\\d+$`));
    expect(error.site).toMatch(/errors\.test\.ts/);
  });

  test("a module path only inside a module", () => {
    expect((errorOf(() => tensor(1).softmax()) as NeuriteError).modulePath).toBe("");
  });

  test("a transposed operand is recognised", () => {
    expectError(() => zeros([2, 3]).add(zeros([3, 2])), { op: "add" }, "transposing it would do");
  });
});

describe("dtypes", () => {
  const i = int32([1, 2]);

  test.each<[string, () => unknown, string, string[]]>([
    [
      "two float dtypes",
      () => float64([1]).mul(tensor([1])),
      "mul",
      ["float64 and float32", '.cast("float64")', "PyTorch"],
    ],
    ["float beside int", () => i.add(tensor([1, 2])), "add", ["int32 and float32"]],
    ["a fraction beside int32", () => i.mul(0.5), "mul", ["0.5", "int32", '.cast("float32")']],
    ["infinity beside int32", () => i.lt(Number.POSITIVE_INFINITY), "lt", ["Infinity", "int32"]],
    ["a number beside bool", () => tensor([true]).eq(2), "eq", ["2", "bool"]],
    [
      "bools added",
      () => tensor([true]).add(tensor([true])),
      "add",
      ["expected numbers, got bool"],
    ],
    ["the mean of integers", () => i.mean(), "mean", ["int32", "cast"]],
    ["a string operand", () => i.add("1" as never), "tensor", ["string 1"]],
  ])("%s", (_, run, op, says) => {
    const error = expectError(run, { name: "DTypeError", op }, ...says);
    expect(error).toBeInstanceOf(DTypeError);
  });

  test("assigning another dtype or shape", () => {
    const v = variable([1, 2], { label: "w" });
    expectError(
      () => v.assign(float64([1, 2])),
      { name: "DTypeError", op: "assign" },
      "variable w",
    );
    expectError(() => v.assign([1, 2, 3]), { shapes: [[3], [2]] }, "[3]", "variable w [2]");
    expectError(() => variable(1, { dtype: "int32" }).assign(0.5), { op: "assign" }, "0.5");
    expectSame(v, [1, 2]);
  });
});

describe("differentiation", () => {
  const x = scalar(2);

  test.each<[string, () => unknown, string, string[]]>([
    ["a vector", () => variable([1, 2]).backward(), "GradientError", ["[2]", "scalar", "sum()"]],
    ["a vector of one", () => variable([1]).backward(), "GradientError", ["[1]", "scalar"]],
    [
      "constants alone",
      () => tensor(1).mul(2).backward(),
      "GradientError",
      ["constants alone", "variable("],
    ],
    [
      "stopGradient alone",
      () => x.stopGradient().mul(2).backward(),
      "GradientError",
      ["cut off by stopGradient"],
    ],
    [
      "a comparison alone",
      () => x.gt(1).cast("float32").backward(),
      "GradientError",
      ["cut off by gt"],
    ],
    ["an integer", () => x.cast("int32").backward(), "DTypeError", ["int32", "cast"]],
    [
      "by an integer",
      () => grad(int32(1).cast("float32"), [int32(1)]),
      "DTypeError",
      ["input 0 is int32", "cast"],
    ],
  ])("of %s", (_, run, name, says) => {
    expectError(run, { name }, ...says);
  });

  test("noGrad is named where it cut everything off", () => {
    expectError(() => noGrad(() => x.mul(2)).backward(), { op: "backward" }, "constants alone");
  });
});

describe("JavaScript's operators", () => {
  const [a, b] = [scalar(2), tensor([1, 2])] as unknown as [number, number];

  test.each<[string, () => unknown]>([
    ["a * b", () => a * b],
    ["a + b", () => a + b],
    ["-a", () => -a],
    ["a > b", () => a > b],
    ["+a", () => +a],
    ["a + text", () => ["text"].join() + a],
  ])("%s", (_, run) => {
    expectError(run, { op: "operator" }, "a.mul(b)", "a.item()");
  });

  test("a template prints", () => {
    expect(`${scalar(2, { label: "a" })}`).toBe('variable "a" float64 [] = 2');
  });
});

describe("after an error everything is as before", () => {
  const failing = (): never => {
    throw new Error("mine");
  };

  test("scope, recording and effects", () => {
    const before = currentScope();
    expect(() => scope("a", () => scope("b", failing))).toThrow("mine");
    expect(currentScope()).toBe(before);
    expect(() => noGrad(failing)).toThrow("mine");
    expect(isRecording()).toBe(true);
    expect(() => trace(failing)).toThrow("mine");
    expect(() => grad(failing as (x: Tensor) => Tensor)(tensor(1))).toThrow("mine");
    expectSame(tensor(1).add(1), 2);
    expect(isRecording()).toBe(true);
  });

  test("variables and gradients, of a trace that assigned before it failed", () => {
    const v = scalar(3);
    v.square().backward();
    const step = () => {
      v.assign(v.mul(2));
      v.zeroGrad();
      v.square().backward();
      v.add(zeros([2]).cast("float64")).reshape([3]);
      return null;
    };
    expect(errorOf(() => trace(step))).toMatchObject({ op: "reshape" });
    expectSame(v, 3);
    expectSame(v.grad!, 6);
  });

  test("variables of a backward that failed", () => {
    const v = variable([1, 2]);
    expect(errorOf(() => v.mul(2).backward())).toMatchObject({ op: "backward" });
    expect(v.grad).toBeNull();
  });
});
