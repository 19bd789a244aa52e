import { describe, expect, test } from "vitest";
import {
  bernoulli,
  checkGradients,
  checkpoint,
  grad,
  key,
  noGrad,
  printGraph,
  replay,
  scalar,
  scope,
  split,
  type Tensor,
  topology,
  trace,
  variable,
} from "../src/index.js";
import { expectClose, expectSame } from "./support/close.js";
import { evaluate } from "./support/evaluate.js";
import { expectError } from "./support/expect-error.js";
import { float64, int32 } from "./support/values.js";

const x = float64([
  [0.3, -1.2, 0.7],
  [2, 0.1, -0.4],
]);
const w = float64([
  [0.2, -0.5],
  [1.1, 0.3],
  [-0.7, 0.9],
]);

const block = (x: Tensor, w: Tensor): Tensor => x.matmul(w).tanh().matmul(w.transpose()).softmax();

/** Three blocks with residuals, as a transformer stacks them. */
const network =
  (block_: typeof block) =>
  (x: Tensor, w: Tensor): Tensor => {
    let h = x;
    for (const scale of [1, -0.5, 2]) h = h.add(block_(h, w.mul(scale)) as Tensor);
    return h.square().sum();
  };

const both = (f: (x: Tensor, w: Tensor) => Tensor) => (x: Tensor, w: Tensor) => [
  f(x, w),
  grad(f)(x, w),
  grad(f, { argument: 1 })(x, w),
];

describe("a checkpoint", () => {
  test("changes no bit of values and gradients", () => {
    const expected = evaluate(both(network(block)), x, w);
    for (const [i, y] of evaluate(both(network(checkpoint(block))), x, w).entries()) {
      expectSame(y, expected[i]!);
    }
  });

  test("changes no bit of a training step with variables", () => {
    const train = (run: typeof block) => {
      const v = variable(w.toArray(), { dtype: "float64" });
      for (let i = 0; i < 3; i++) {
        v.zeroGrad();
        network(run)(x, v.asTensor()).backward();
        v.assign(v.sub(v.grad!.mul(0.1)));
      }
      return v.asTensor();
    };
    expectSame(train(checkpoint(block)), train(block));
  });

  test("differentiates to any order", () => {
    const f = checkpoint((x: Tensor) => x.sin().mul(x).exp());
    expect(checkGradients(f, [float64([0.3, -0.8])], { order: 3 }).worst).toBeLessThan(1e-5);
    expect(checkGradients(network(checkpoint(block)), [x, w], { order: 2 }).worst).toBeLessThan(
      1e-5,
    );
  });

  test("in a checkpoint", () => {
    const inner = checkpoint((x: Tensor) => x.tanh().mul(x));
    const outer = checkpoint((x: Tensor) => inner(inner(x)).sum());
    const plain = (x: Tensor) => {
      const once = x.tanh().mul(x);
      return once.tanh().mul(once).sum();
    };
    expectSame(evaluate(grad(outer), x), grad(plain)(x));
  });

  test("takes and returns any nesting, integers too", () => {
    const f = checkpoint(({ x, k }: { x: Tensor; k: Tensor }, none: null) => ({
      picked: [x.gather(k, 0), none] as const,
      next: k.add(1),
    }));
    const [picked, next] = evaluate(
      (x) => {
        const all = f({ x, k: int32([1, 1]) }, null);
        return [all.picked[0], all.next];
      },
      float64([5, 7]),
    );
    expectSame(picked!, [7, 7]);
    expectSame(next!, int32([2, 2]));
    const g = grad((x: Tensor) => f({ x, k: int32([1, 1]) }, null).picked[0].sum());
    expectSame(evaluate(g, float64([5, 7])), [0, 2]);
  });

  test("may use only some of its arguments, return one of them, or return nothing of them", () => {
    const f = checkpoint((a: Tensor, _: Tensor) => [a, float64(3)] as const);
    const loss = (a: Tensor, b: Tensor) => f(a, b)[0].square().sum().add(f(a, b)[1]);
    expectSame(evaluate(grad(loss), float64([2]), float64([1])), [4]);
    expectSame(evaluate(grad(loss, { argument: 1 }), float64([2]), float64([1])), [0]);
  });
});

describe("what lies inside", () => {
  test("is not kept: the graph holds one node, with the arguments and what is closed over", () => {
    const c = w.mul(2);
    const y = checkpoint((x: Tensor) => x.matmul(c).tanh().exp())(x);
    const names = topology([y]).nodes.map(({ op }) => op.name);
    expect(names).not.toContain("tanh");
    expect(names.filter((name) => name === "checkpoint")).toHaveLength(1);
    expect(names).toContain("mul");
    expect(printGraph(y)).toMatch(/checkpoint\(n\d+, n\d+\)/);
  });

  test("runs once forward and once backward, recorded once", () => {
    let calls = 0;
    const f = checkpoint((x: Tensor) => {
      calls++;
      return x.exp().sum();
    });
    const v = variable([1, 2]);
    f(v.asTensor()).backward();
    expect(calls).toBe(1);
  });

  test("is differentiated through what it closes over", () => {
    const c = scalar(3);
    const gradient = evaluate(() => {
      c.zeroGrad();
      const twice = c.mul(2);
      checkpoint((x: Tensor) => x.mul(twice).mul(c))(float64(5)).backward();
      return c.grad;
    });
    expectSame(gradient!, 60);
  });

  test("keeps scopes, and its derivative has them", () => {
    const f = checkpoint((x: Tensor) => scope("layer", () => x.tanh()));
    const [g] = grad(f(x).sum(), [x]) as [Tensor];
    const { nodes } = topology([g]);
    expect(nodes.some(({ scope }) => scope.path === "layer")).toBe(true);
  });

  test("is the function itself under noGrad", () => {
    expect(noGrad(() => checkpoint(block)(x, w)).inputs).toHaveLength(0);
    expectSame(
      noGrad(() => checkpoint(block)(x, w)),
      block(x, w),
    );
  });

  test("is replayed with the rest of a trace", () => {
    const { graph } = trace(grad(network(checkpoint(block))), x, w);
    expectSame(replay(graph, [x.neg(), w])[0]!, grad(network(block))(x.neg(), w));
  });
});

describe("variables assigned inside", () => {
  test("are assigned once, not again by the backward pass: one mask both ways", () => {
    const state = variable(key(2));
    const dropout = (x: Tensor): Tensor => {
      const [next, own] = split(state) as [Tensor, Tensor];
      state.assign(next);
      return bernoulli(own, 0.5, x.shape).where(x, 0);
    };
    const run = (f: (x: Tensor) => Tensor) =>
      evaluate((x) => {
        state.assign(key(2));
        return [grad((x: Tensor) => f(x).square().sum())(x), state];
      }, x);
    const [g, after] = run(dropout);
    const end = state.toTypedArray();
    const [own, afterwards] = run(checkpoint(dropout));
    expectSame(own!, g!);
    expectSame(afterwards!, after!);
    expect(state.toTypedArray()).toEqual(end);
  });

  test("are read back by what follows", () => {
    const count = scalar(0);
    const f = checkpoint((x: Tensor) => {
      count.assign(count.add(1));
      return x.mul(count);
    });
    const [first, second] = evaluate((x) => {
      count.assign(0);
      return [f(x), f(x)];
    }, float64(10));
    expectSame(first!, 10);
    expectSame(second!, 20);
    expectSame(count, 2);
  });

  test("get the gradient of a backward() inside", () => {
    const v = scalar(3);
    evaluate((x) => {
      v.zeroGrad();
      return checkpoint((x: Tensor) => {
        v.mul(x).square().backward();
        return x;
      })(x);
    }, float64(2));
    expectClose(v.grad!, 24);
  });

  test("stay as they were if it fails", () => {
    const v = scalar(3);
    const f = checkpoint((x: Tensor) => {
      v.assign(v.mul(2));
      return x.add(float64([1, 2]));
    });
    expectError(() => evaluate(f, x), { op: "add", shapes: [[2, 3], [2]] });
    expectSame(v, 3);
  });
});
