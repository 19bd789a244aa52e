import { describe, expect, test } from "vitest";
import {
  checkGradients,
  grad,
  noGrad,
  replay,
  type ScanOptions,
  scan,
  stack,
  type Tensor,
  topology,
  trace,
  vmap,
} from "../../src/index.js";
import type { ScanAttrs } from "../../src/transform/scan-op.js";
import { expectClose, expectSame } from "../support/close.js";
import { evaluate } from "../support/evaluate.js";
import { cell, close, gradients, h0, type Loss, loopOf, w, xs } from "../support/loops.js";
import { float64 } from "../support/values.js";

/** The same loss without a loop. */
const unrolled =
  ({ reverse = false }: ScanOptions): Loss =>
  (w, h0, xs) => {
    const places = reverse ? [2, 1, 0] : [0, 1, 2];
    let h = h0;
    const all = places.map((i) => {
      const [next, y] = cell(w)(h, xs.slice(i));
      h = next;
      return y;
    });
    return h.sum().add(stack(all).pow(3).sum());
  };

const norm = (list: readonly Tensor[]) =>
  list.map((x) => x.square().sum()).reduce((a, b) => a.add(b));

describe.each<[string, ScanOptions]>([
  ["forwards", {}],
  ["in reverse", { reverse: true }],
  ["with a checkpoint", { checkpoint: true }],
  ["in reverse with a checkpoint", { reverse: true, checkpoint: true }],
])("a loop is what it unrolls to, %s:", (_, options) => {
  const [loop, plain] = [loopOf(options), unrolled(options)];
  const second = (f: typeof loop) => (w: Tensor, h0: Tensor, xs: Tensor) =>
    gradients((w, h0, xs) => norm(gradients(f)(w, h0, xs)))(w, h0, xs);

  test("its value", () => {
    expectClose(evaluate(loop, w, h0, xs), plain(w, h0, xs), close);
  });

  test("its gradients by carry, constants and sequences", () => {
    const expected = gradients(plain)(w, h0, xs);
    for (const [i, g] of evaluate(gradients(loop), w, h0, xs).entries()) {
      expectClose(g, expected[i]!, close);
    }
  });

  test("the gradients of its gradients", () => {
    const expected = second(plain)(w, h0, xs);
    for (const [i, g] of evaluate(second(loop), w, h0, xs).entries()) {
      expectClose(g, expected[i]!, close);
    }
  });

  test("one gradient for each lane", () => {
    const [ws, hs] = [stack([w, w.mul(-2)]), stack([h0, h0.add(1)])];
    const [none, some] = [[0, null, null] as const, [0, 0, null] as const];
    for (const inAxes of [none, some]) {
      const hidden = inAxes[1] === 0 ? hs : h0;
      const each = evaluate((w, h, x) => vmap(grad(loop), { inAxes })(w, h, x), ws, hidden, xs);
      const rows = [0, 1].map((i) =>
        grad(plain)(ws.slice(i), inAxes[1] === 0 ? hs.slice(i) : h0, xs),
      );
      expectClose(each, stack(rows), close);
    }
  });

  test("gradients through lanes, also of the sequences", () => {
    const all = (f: typeof loop) => (lists: Tensor) =>
      grad((lists: Tensor) =>
        (f === loop
          ? vmap((x: Tensor) => f(w, h0, x))(lists)
          : stack([0, 1].map((i) => f(w, h0, lists.slice(i))))
        ).sum(),
      )(lists);
    const lists = stack([xs, xs.neg()]);
    expectClose(evaluate(all(loop), lists), all(plain)(lists), close);
  });

  test("third derivatives of a small one, against differences", () => {
    const small = (w: Tensor, x: Tensor) =>
      grad(
        (w: Tensor) =>
          scan(
            (c: Tensor, y: Tensor) => [c.mul(w).add(y).sin(), null],
            x,
            x.mul(float64([1, 2])),
            options,
          )[0],
      )(w);
    const report = checkGradients(small, [float64(0.7), float64(0.3)], { order: 2 });
    expect(report.worst).toBeLessThan(1e-6);
  });

  test("traced, and replayed for other numbers", () => {
    const { graph } = trace(grad(loop), w, h0, xs);
    expectClose(replay(graph, [w.mul(3), h0, xs])[0]!, grad(plain)(w.mul(3), h0, xs), close);
  });
});

describe("checkpointed and saved loops", () => {
  test("agree to the bit", () => {
    const [saved, again] = [{}, { checkpoint: true }].map((options) => gradients(loopOf(options)));
    const expected = evaluate(saved!, w, h0, xs);
    for (const [i, g] of evaluate(again!, w, h0, xs).entries()) expectSame(g, expected[i]!);
  });

  test("differ in what they hold on to: all that the derivative reads, or the carries", () => {
    const elements = (options: ScanOptions) => {
      const loop = topology([loopOf(options)(w, h0, xs)]).nodes.find(
        ({ op }) => op.name === "scan",
      )!;
      const { step, carries, results } = loop.attrs as ScanAttrs;
      return step.outputs.slice(carries + results).reduce((sum, { size }) => sum + size, 0);
    };
    expect(elements({ checkpoint: true })).toBe(2);
    expect(elements({})).toBe(6); // h, h as a row of one, and tanh(…)
    expect(noGrad(() => loopOf({})(w, h0, xs)).inputs).toHaveLength(0);
  });

  test("save nothing where nothing is recorded", () => {
    const { graph } = trace(
      (...x: Tensor[]) => noGrad(() => loopOf({})(x[0]!, x[1]!, x[2]!)),
      w,
      h0,
      xs,
    );
    const loop = graph.body.find(({ op }) => op.name === "scan")!;
    const { step, carries, results } = loop.attrs as ScanAttrs;
    expect(step.outputs).toHaveLength(carries + results);
  });
});
