import { describe, expect, test } from "vitest";
import {
  bernoulli,
  grad,
  key,
  scalar,
  scan,
  split,
  stack,
  type Tensor,
  tensor,
  variable,
  vmap,
} from "../../src/index.js";
import { expectClose, expectSame } from "../support/close.js";
import { evaluate } from "../support/evaluate.js";
import { cell, close, gradients, h0, w, xs } from "../support/loops.js";
import { float64, int32 } from "../support/values.js";

describe("what goes through a loop", () => {
  test("no sequences: a length", () => {
    const power = (x: Tensor) =>
      scan((c: Tensor) => [c.mul(x), null], float64(1), null, { length: 5 })[0];
    expectSame(evaluate(power, float64(2)), 32);
    expectSame(evaluate(grad(power), float64(2)), 80);
  });

  test.each([{}, { checkpoint: true }, { reverse: true }])("length 0, %o", (options) => {
    const f = (w: Tensor, h0: Tensor, xs: Tensor) => {
      const [h, all] = scan(cell(w), h0, xs, options);
      return [h, all] as const;
    };
    const none = tensor([], { shape: [0, 2], dtype: "float64" });
    const [h, all] = evaluate(f, w, h0, none);
    expectSame(h, h0);
    expect(all.shape).toEqual([0, 2]);
    const loss = (w: Tensor, h0: Tensor, xs: Tensor) => {
      const [h, all] = f(w, h0, xs);
      return h.square().sum().add(all.sum());
    };
    const [dw, dh, dx] = evaluate(gradients(loss), w, h0, none);
    expectSame(dw!, w.mul(0).abs());
    expectSame(dh!, h0.mul(2));
    expect(dx!.shape).toEqual([0, 2]);
  });

  test("length 1, and sequences of scalars", () => {
    const f = (x: Tensor) => scan((c: Tensor, y: Tensor) => [c.mul(y), c.add(y)], float64(3), x);
    const [c, ys] = evaluate(f, float64([2]));
    expectSame(c, 6);
    expectSame(ys, [5]);
  });

  test("integers and conditions beside floats, in carries, sequences and results", () => {
    const f = (x: Tensor) =>
      scan(
        (
          { i, seen, sum }: { i: Tensor; seen: Tensor; sum: Tensor },
          [y, k]: readonly [Tensor, Tensor],
        ) => {
          const isNew = i.eq(k);
          return [
            { i: i.add(1), seen: seen.logicalOr(isNew), sum: sum.add(isNew.where(y, y.mul(2))) },
            [i, isNew],
          ] as const;
        },
        { i: int32(0), seen: tensor(false), sum: float64(0) },
        [x, int32([0, 5, 2])] as const,
      );
    const [{ i, seen, sum }, [counts, news]] = evaluate(
      (x) => {
        const [carry, [counts, news]] = f(x);
        return [{ ...carry }, [counts, news]] as const;
      },
      float64([1, 10, 100]),
    );
    expectSame(i, int32(3));
    expectSame(seen, tensor(true));
    expectSame(sum, 121);
    expectSame(counts, int32([0, 1, 2]));
    expectSame(news, [true, false, true]);
    expectSame(
      evaluate(
        grad((x: Tensor) => f(x)[0].sum),
        float64([1, 10, 100]),
      ),
      [1, 2, 1],
    );
  });

  test("trees, with nulls and an unused carry", () => {
    const [carry, ys] = evaluate((xs) => {
      const [carry, ys] = scan(
        (c: { a: Tensor; none: null; idle: Tensor }, x: { u: Tensor }) =>
          [
            { ...c, a: c.a.add(x.u) },
            { total: c.a, list: [x.u, null] },
          ] as const,
        { a: h0, none: null, idle: float64(7) },
        { u: xs },
      );
      return [{ ...carry }, { total: ys.total, first: ys.list[0] as Tensor }] as const;
    }, xs);
    expectSame(carry.idle, 7);
    expectClose(carry.a, h0.add(xs.sum(0)), close);
    expect(carry.none).toBeNull();
    expectSame(ys.first, xs);
    expectSame(ys.total.slice(0), h0);
  });

  test("a carry that comes out as it went in, and a result that is one", () => {
    const f = (c: Tensor, xs: Tensor) => {
      const [last, all] = scan((c: Tensor, x: Tensor) => [c, c.mul(x)], c, xs);
      return last.add(all.sum());
    };
    expectSame(evaluate(grad(f), float64(2), float64([1, 2, 3])), 7);
    const echo = (c: Tensor, xs: Tensor) => scan((c: Tensor, x: Tensor) => [x, c], c, xs)[1];
    expectSame(evaluate(echo, float64(9), float64([1, 2, 3])), [9, 1, 2]);
    expectSame(
      evaluate((c, x) => grad((x: Tensor) => echo(c, x).sum())(x), float64(9), float64([1, 2, 3])),
      [1, 1, 0],
    );
  });

  test("one tensor in every role", () => {
    const f = (x: Tensor) => scan((c: Tensor, y: Tensor) => [c.mul(y).add(x), c], x, x)[0].sum();
    const plain = (x: Tensor) => {
      let c = x;
      for (let i = 0; i < 3; i++) c = c.mul(x.slice(i)).add(x);
      return c.sum();
    };
    const point = float64([0.5, -1, 2]);
    expectClose(evaluate(grad(f), point), grad(plain)(point), close);
  });

  test("variables: read, and learned from by backward()", () => {
    const v = scalar(0.5, { label: "v" });
    const gradient = evaluate(
      (xs) => {
        v.zeroGrad();
        const [c] = scan((c: Tensor, x: Tensor) => [c.mul(v).add(x), null], float64(1), xs);
        c.backward();
        return v.grad;
      },
      float64([1, 2, 3]),
    );
    expectClose(gradient!, 3 * 0.25 + 2 * 0.5 + 2, close); // v³ + v² + 2v + 3
  });
});

describe("variables that the body assigns", () => {
  test("are carried along: a key that each step splits", () => {
    const state = variable(key(5));
    const draw = () => {
      const [next, own] = split(state) as [Tensor, Tensor];
      state.assign(next);
      return bernoulli(own, 0.5, [6]).cast("float64");
    };
    const expected = [draw(), draw(), draw()];
    const after = state.toTypedArray();
    const masks = evaluate(() => {
      state.assign(key(5));
      return scan((c: Tensor) => [c, draw()], float64(0), null, { length: 3 })[1];
    });
    expectSame(masks, stack(expected));
    expect(state.toTypedArray()).toEqual(after);
    expect(new Set(expected.map(String)).size).toBe(3);
  });

  test("without being read, and in lanes that share them", () => {
    const last = scalar(0);
    const ys = evaluate(
      (xs) => {
        const [, ys] = scan(
          (c: Tensor, x: Tensor) => {
            last.assign(x);
            return [c, x.mul(2)];
          },
          float64(0),
          xs,
        );
        return ys;
      },
      float64([1, 2, 3]),
    );
    expectSame(ys, [2, 4, 6]);
    expectSame(last, 3);
    const count = scalar(0);
    evaluate((xs) => {
      count.assign(0);
      const step = (c: Tensor, x: Tensor) => {
        count.assign(count.add(1));
        return [c.add(x), null] as const;
      };
      return vmap((x: Tensor) => scan(step, float64(0), x)[0])(xs);
    }, xs.transpose());
    expectSame(count, 3);
  });

  test("differentiate at the value they had at the start", () => {
    const v = scalar(2);
    const [c, g] = evaluate(
      (xs) => {
        v.assign(2);
        v.zeroGrad();
        const start = v.leaf;
        const [c] = scan(
          (c: Tensor, x: Tensor) => {
            const next = c.add(v.mul(x));
            v.assign(v.mul(2));
            return [next, null];
          },
          float64(0),
          xs,
        );
        return [c, grad(c, [start])[0]!] as const;
      },
      float64([1, 10, 100]),
    );
    expectSame(c, 842);
    expectSame(g, 1);
    expectSame(v, 16);
  });
});
