import { describe, expect, test } from "vitest";
import {
  callSite,
  currentScope,
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
import { float64 } from "./support/values.js";

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
});

describe("variables", () => {
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
