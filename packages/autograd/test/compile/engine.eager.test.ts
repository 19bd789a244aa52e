import { describe, expect, test } from "vitest";
import {
  type AsyncEngine,
  compile,
  type Engine,
  replay,
  scalar,
  type Tensor,
  tensor,
} from "../../src/index.js";
import { expectSame } from "../support/close.js";
import { expectError } from "../support/expect-error.js";

const interpreter: Engine = {
  name: "interpreter",
  load: (graph) => ({ run: (inputs) => replay(graph, inputs) }),
};

describe("an engine of one's own", () => {
  test("runs the graph, variables included", () => {
    const w = scalar(1);
    const step = compile(
      (x: Tensor) => {
        w.assign(w.add(x));
        return { sum: w.mul(2) };
      },
      { engine: interpreter },
    );
    const x = tensor(3, { dtype: "float64" });
    expectSame((step(x) as { sum: Tensor }).sum, 8);
    expectSame((step(x) as { sum: Tensor }).sum, 14);
    expect(step.traces).toBe(1);
    expect(step.graph.writes).toHaveLength(1);
  });

  test("need not tell how it does it", () => {
    const f = compile((x: Tensor) => x.mul(2), { engine: interpreter });
    f(tensor(1));
    expectError(() => f.wat(), { op: "wat" }, "the engine interpreter does not tell");
    expectError(() => f.explain(), { op: "explain" }, "the engine interpreter does not tell");
  });
});

describe("an engine that answers later", () => {
  /** Answers after so many macrotasks; fails if there are none. */
  const slow = (delays: number[]): AsyncEngine => ({
    name: "slow",
    isAsync: true,
    load: async (graph) => ({
      run: async (inputs) => {
        const delay = delays.shift() ?? 0;
        await new Promise((resolve) => setTimeout(resolve, delay));
        if (delay === 0) throw new Error("the engine gave up");
        return replay(graph, inputs);
      },
    }),
  });

  test("gets calls one after the other, in order", async () => {
    const w = scalar(1);
    const step = compile(
      (x: Tensor) => {
        w.assign(w.mul(2).add(x));
        return w.leaf;
      },
      { engine: slow([20, 1, 10]) },
    );
    const x = tensor(1, { dtype: "float64" });
    const results = await Promise.all([step(x), step(x), step(x)]);
    expect(results.map((result) => (result as Tensor).item())).toEqual([3, 7, 15]);
    expect(step.traces).toBe(1);
  });

  test("may fail at a call, which changes nothing; the next one runs", async () => {
    const w = scalar(1);
    const step = compile(
      () => {
        w.assign(w.mul(2));
        return w.leaf;
      },
      { engine: slow([5, 0, 5]) },
    );
    const [first, second, third] = await Promise.allSettled([step(), step(), step()]);
    expect([first, second, third].map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    expectSame(w, 4);
  });
});
