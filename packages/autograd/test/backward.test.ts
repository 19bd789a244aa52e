import { describe, expect, test } from "vitest";
import { grad, noGrad, scalar, type Tensor, tensor, variable, vjp } from "../src/index.js";
import { errorOf } from "./support/checks.js";
import { expectSame } from "./support/close.js";
import { evaluate } from "./support/evaluate.js";
import { float64 } from "./support/values.js";

describe("vjp", () => {
  test("takes a cotangent for each of several results", () => {
    const [x, y] = [float64([1, 2]), float64(3)];
    const f = (x: Tensor, y: Tensor) => ({ scaled: x.mul(y), sum: x.sum() });
    const [value, [dx, dy]] = evaluate(
      (x, y) => {
        const [value, pull] = vjp(f, x, y);
        return [value, pull({ scaled: float64([10, 100]), sum: float64(1) })] as const;
      },
      x,
      y,
    );
    expectSame(value.scaled, [3, 6]);
    expectSame(value.sum, 3);
    expectSame(dx, [31, 301]);
    expectSame(dy, 210);
  });

  test("can be pulled more than once, and under noGrad", () => {
    const [value, pull] = noGrad(() => vjp((x: Tensor) => x.square(), float64([1, 2])));
    expectSame(value, [1, 4]);
    expectSame(pull(float64([1, 0]))[0], [2, 0]);
    expectSame(pull(variable([0, 1], { dtype: "float64" }).asTensor())[0], [0, 4]);
  });

  test("refuses cotangents of another number, shape or dtype", () => {
    const [, pull] = vjp((x: Tensor) => [x, x.sum()] as const, float64([1, 2]));
    const wrong = (cotangents: unknown) => errorOf(() => pull(cotangents as never));
    expect(wrong([float64([1, 2])])).toMatchObject({
      message: expect.stringContaining("1 cotangents for 2 results"),
    });
    expect(wrong([float64([1, 2, 3]), float64(1)])).toMatchObject({
      name: "ShapeError",
      message: expect.stringMatching(/cotangent 0 is float64 \[3\], its result is float64 \[2\]/),
      shapes: [[3], [2]],
    });
    expect(wrong([float64([1, 2]), tensor(1)])).toMatchObject({
      message: expect.stringContaining("cotangent 1 is float32 []"),
    });
  });
});

describe("where gradients stop", () => {
  test("stopGradient and detach", () => {
    const x = float64(3);
    expectSame(
      evaluate(
        grad((x: Tensor) => x.mul(x.stopGradient())),
        x,
      ),
      3,
    );
    expectSame(
      evaluate(
        grad((x: Tensor) => x.mul(x.detach())),
        x,
      ),
      3,
    );
  });

  test("noGrad: results are constants and hold no graph", () => {
    const x = float64(3);
    expectSame(
      evaluate(
        grad((x: Tensor) => x.mul(noGrad(() => x.square()))),
        x,
      ),
      9,
    );
    expect(noGrad(() => x.square().exp()).inputs).toHaveLength(0);
  });

  test("grad works inside noGrad, and its result is then a constant", () => {
    const x = float64(3);
    expectSame(
      evaluate((x) => noGrad(() => grad((x: Tensor) => x.square())(x)), x),
      6,
    );
    expect(noGrad(() => grad((x: Tensor) => x.pow(3))(x)).inputs).toHaveLength(0);
  });

  test("comparisons, integers and indices", () => {
    const x = float64([1, 2, 3]);
    const f = (x: Tensor) => x.gt(1.5).where(x, 0).sum().add(x.argmax().cast("float64"));
    expectSame(evaluate(grad(f), x), [0, 1, 1]);
  });
});

describe("backward", () => {
  test("adds into grad, until zeroGrad", () => {
    const x = scalar(3);
    const gradients = evaluate(() => {
      x.zeroGrad();
      x.square().backward();
      const once = x.grad!;
      x.square().backward();
      return [once, x.grad!];
    });
    expectSame(gradients[0]!, 6);
    expectSame(gradients[1]!, 12);
    expectSame(x.grad!, 12);
    evaluate(() => {
      x.zeroGrad();
      return null;
    });
    expect(x.grad).toBeNull();
  });

  test("through one graph twice adds twice: nothing is released", () => {
    const x = scalar(3);
    const loss = x.square();
    loss.backward();
    loss.backward();
    expectSame(x.grad!, 12);
  });

  test("keeps the numbers that the graph was recorded with", () => {
    const w = scalar(3);
    const gradient = evaluate(() => {
      w.zeroGrad();
      w.assign(3);
      const loss = w.square();
      w.assign(100);
      loss.backward();
      return [w.grad, w];
    });
    expectSame(gradient[0]!, 6);
    expectSame(gradient[1]!, 100);
  });

  test("reaches a variable that was assigned before the loss", () => {
    const w = scalar(3);
    const gradient = evaluate(() => {
      w.zeroGrad();
      w.assign(w.mul(2));
      w.square().backward();
      return w.grad;
    });
    expectSame(gradient!, 12);
  });

  test("does not record: gradients are constants", () => {
    const x = scalar(3);
    x.pow(3).backward();
    expect(x.grad!.inputs).toHaveLength(0);
  });

  test("leaves integer variables alone", () => {
    const [x, i] = [variable([1, 2], { dtype: "float64" }), variable([1, 1], { dtype: "int32" })];
    evaluate(() => {
      x.gather(i, 0).sum().backward();
      return null;
    });
    expectSame(x.grad!, [0, 2]);
    expect(i.grad).toBeNull();
    expect(errorOf(() => grad(x.gather(i, 0).sum(), [i]))).toMatchObject({ name: "DTypeError" });
  });
});
