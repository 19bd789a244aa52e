import { describe, expect, test } from "vitest";
import {
  type Graph,
  guarded,
  key,
  type NeuriteError,
  noGrad,
  replay,
  scalar,
  split,
  type Tensor,
  tensor,
  trace,
  uniform,
  variable,
} from "../src/index.js";
import { errorOf } from "./support/checks.js";
import { expectSame } from "./support/close.js";
import { float64 } from "./support/values.js";

const namesOf = ({ body }: Graph) => body.map(({ op }) => op.name);

describe("a traced function", () => {
  test("is a graph from its arguments to its results, without values", () => {
    const { graph, result } = trace(
      (x: Tensor, y: Tensor) => ({ z: x.mul(y).exp() }),
      float64(2),
      float64(3),
    );
    expect(graph.inputs.map(({ op }) => op.name)).toEqual(["placeholder", "placeholder"]);
    expect(namesOf(graph)).toEqual(["mul", "exp"]);
    expect(graph.outputs).toEqual([result.z]);
    expect(result.z.value).toBeUndefined();
    expectSame(replay(graph, [float64(0), float64(5)])[0]!, 1);
  });

  test("computes what does not depend on them at once", () => {
    const { graph } = trace((x: Tensor) => x.mul(tensor([1, 2]).exp().sum()), tensor([1, 2]));
    expect(namesOf(graph).filter((name) => name === "exp")).toEqual([]);
    expect(graph.body.every(({ value }) => value === undefined)).toBe(true);
  });

  test("takes and returns any nesting", () => {
    const f = ({ a, rest }: { a: Tensor; rest: Tensor[] }) => [a.add(rest[0]!), null] as const;
    const { graph, result } = trace(f, { a: float64(1), rest: [float64(2)] });
    expect(graph.inputs).toHaveLength(2);
    expect(result[1]).toBeNull();
    expectSame(replay(graph, [float64(10), float64(20)])[0]!, 30);
  });

  test("may return its argument, or a constant", () => {
    const { graph } = trace((x: Tensor) => [x, tensor(7)], float64(1));
    const [x, constant] = replay(graph, [float64(5)]);
    expectSame(x!, 5);
    expectSame(constant!, 7);
  });

  test("cannot be read while it is traced: the error names the line", () => {
    for (const read of [
      (x: Tensor) => x.item(),
      (x: Tensor) => x.toArray(),
      (x: Tensor) => x.toTypedArray(),
    ]) {
      const error = errorOf(() =>
        trace((x: Tensor) => read(x) as never, float64(1)),
      ) as NeuriteError;
      expect(error).toMatchObject({ name: "TraceError", fix: expect.stringContaining("where") });
      expect(error.site).toMatch(/trace\.test\.ts:\d+:\d+$/);
    }
  });

  test("runs once for many replays, and each replay anew", () => {
    let runs = 0;
    const { graph } = trace((x: Tensor) => {
      runs++;
      return x.square();
    }, float64(0));
    expect([1, 2, 3].map((x) => replay(graph, [float64(x)])[0]!.item())).toEqual([1, 4, 9]);
    expect(runs).toBe(1);
  });

  test("is replayed with arguments of its own shapes and dtypes only", () => {
    const { graph } = trace((x: Tensor) => x.sum(), float64([1, 2]));
    expect(errorOf(() => replay(graph, [float64([1, 2, 3])]))).toMatchObject({
      op: "replay",
      shapes: [[3], [2]],
      message: expect.stringContaining("float64 [3]"),
    });
    expect(errorOf(() => replay(graph, [tensor([1, 2])]))).toMatchObject({ op: "replay" });
    expect(errorOf(() => replay(graph, []))).toMatchObject({ op: "replay" });
  });
});

describe("variables in a trace", () => {
  test("are read when it is replayed, and stay as they are while it is traced", () => {
    const w = scalar(3);
    const { graph } = trace((x: Tensor) => {
      const y = w.mul(x);
      w.assign(w.add(1));
      return [y, w.mul(x)];
    }, float64(2));
    expectSame(w, 3);
    const run = () => replay(graph, [float64(10)]).map((x) => x.item());
    expect(run()).toEqual([30, 40]);
    expectSame(w, 4);
    w.assign(100);
    expect(run()).toEqual([1000, 1010]);
  });

  test("are written after all was read: two of them swap", () => {
    const [a, b] = [scalar(1), scalar(2)];
    const { graph } = trace(() => {
      const old = a.mul(1);
      a.assign(b);
      b.assign(old);
      return null;
    });
    replay(graph, []);
    expect([a.item(), b.item()]).toEqual([2, 1]);
    replay(graph, []);
    expect([a.item(), b.item()]).toEqual([1, 2]);
  });

  test("are differentiated by what was assigned, not through it", () => {
    const w = scalar(3);
    const { graph } = trace(() => {
      w.zeroGrad();
      w.assign(w.mul(2));
      w.square().backward();
      return w.grad;
    });
    expectSame(replay(graph, [])[0]!, 12);
  });

  test("cannot be made from traced values", () => {
    expect(errorOf(() => trace((x: Tensor) => variable(x), float64(1)))).toMatchObject({
      name: "TraceError",
    });
  });

  test("keep a traced value from leaving", () => {
    const w = scalar(0);
    let escaped!: Tensor;
    trace((x: Tensor) => (escaped = x.mul(2)), float64(1));
    expect(errorOf(() => w.assign(escaped))).toMatchObject({ name: "TraceError", op: "assign" });
  });
});

describe("gradients in a trace", () => {
  const make = () => {
    const w = scalar(3, { label: "w" });
    const loss = (x: Tensor) => w.mul(x).square();
    return { w, loss };
  };

  test("a training step: zeroGrad, backward, update", () => {
    const { w, loss } = make();
    const { graph } = trace((x: Tensor) => {
      w.zeroGrad();
      const value = loss(x);
      value.backward();
      w.assign(w.sub(w.grad!.mul(0.1)));
      return value;
    }, float64(1));
    expect(graph.guards).toHaveLength(1); // that w requires a gradient
    const values = [1, 2, 3].map(() => replay(graph, [float64(1)])[0]!.item());
    let eager = 3;
    for (const value of values) {
      expect(value).toBe(eager ** 2);
      eager -= 2 * eager * 0.1;
    }
    expectSame(w, eager);
    expectSame(w.grad!, 2 * (eager / 0.8));
  });

  test("accumulation depends on whether there was one, which is guarded", () => {
    const { w, loss } = make();
    const step = (x: Tensor) => {
      loss(x).backward();
      return w.grad;
    };
    const first = trace(step, float64(1)).graph;
    expect(first.guards).toHaveLength(2); // that w requires a gradient, and has none
    expectSame(replay(first, [float64(1)])[0]!, 6);
    expect(first.guards[1]!.cell.value).not.toBe(first.guards[1]!.value);
    expect(errorOf(() => replay(first, [float64(1)]))).toMatchObject({ op: "replay" });
    const second = trace(step, float64(1)).graph;
    expectSame(replay(second, [float64(1)])[0]!, 12);
    expectSame(replay(second, [float64(1)])[0]!, 18);
    w.zeroGrad();
    expect(errorOf(() => replay(second, [float64(1)]))).toMatchObject({ op: "replay" });
    expect(w.grad).toBeNull();
  });

  test("noGrad keeps the graph and stops the gradient", () => {
    const { w } = make();
    const { graph } = trace((x: Tensor) => {
      w.zeroGrad();
      const scale = noGrad(() => w.mul(x).exp());
      scale.mul(w).backward();
      return [scale, w.grad];
    }, float64(0));
    expect(namesOf(graph)).toContain("exp");
    const [scale, gradient] = replay(graph, [float64(0)]);
    expectSame(scale!, 1);
    expectSame(gradient!, 1);
    expectSame(replay(graph, [float64(1)])[1]!, Math.exp(3));
  });
});

describe("randomness in a trace", () => {
  test("comes from a key in a variable, which each replay moves on", () => {
    const state = variable(key(1));
    const draw = () => {
      const [next, own] = split(state) as [Tensor, Tensor];
      state.assign(next);
      return uniform(own, [3]);
    };
    const eager = [draw(), draw()];
    state.assign(key(1));
    const { graph } = trace(draw);
    for (const expected of eager) expectSame(replay(graph, [])[0]!, expected);
  });
});

describe("static values in a trace", () => {
  test("are guarded as they were", () => {
    const training = { value: true };
    const { graph } = trace((x: Tensor) => (guarded(training) ? x.mul(2) : x), float64(1));
    expectSame(replay(graph, [float64(1)])[0]!, 2);
    training.value = false;
    expect(errorOf(() => replay(graph, [float64(1)]))).toMatchObject({ op: "replay" });
  });
});
