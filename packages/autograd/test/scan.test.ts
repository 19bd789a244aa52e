import { describe, expect, test } from "vitest";
import {
  bernoulli,
  checkGradients,
  checkpoint,
  concat,
  customVjp,
  defineOp,
  grad,
  key,
  noGrad,
  type Operand,
  printGraph,
  replay,
  type ScanOptions,
  scalar,
  scan,
  split,
  stack,
  type Tensor,
  tensor,
  topology,
  trace,
  variable,
  vmap,
} from "../src/index.js";
import type { ScanAttrs } from "../src/transform/scan-op.js";
import { expectClose, expectSame } from "./support/close.js";
import { evaluate } from "./support/evaluate.js";
import { expectError } from "./support/expect-error.js";
import { float64, int32 } from "./support/values.js";

const xs = float64([
  [1, 2],
  [3, -4],
  [0.5, 0.6],
]);
const w = float64([
  [0.1, 0.2],
  [0.3, -0.4],
]);
const h0 = float64([0.1, -0.2]);

/** A step of an Elman network that also tells what it saw. */
const cell =
  (w: Tensor) =>
  (h: Tensor, x: Tensor): readonly [Tensor, Tensor] => {
    const next = x.mul(0.5).add(h.matmul(w)).tanh();
    return [next, next.mul(x)];
  };

const loopOf =
  (options: ScanOptions) =>
  (w: Tensor, h0: Tensor, xs: Tensor): Tensor => {
    const [h, all] = scan(cell(w), h0, xs, options);
    return h.sum().add(all.pow(3).sum());
  };

const unrolled =
  ({ reverse = false }: ScanOptions) =>
  (w: Tensor, h0: Tensor, xs: Tensor): Tensor => {
    const places = reverse ? [2, 1, 0] : [0, 1, 2];
    let h = h0;
    const all = places.map((i) => {
      const [next, y] = cell(w)(h, xs.slice(i));
      h = next;
      return y;
    });
    return h.sum().add(stack(all).pow(3).sum());
  };

const gradients =
  (f: typeof loopOf extends (o: never) => infer F ? F : never) =>
  (...x: [Tensor, Tensor, Tensor]): Tensor[] =>
    [0, 1, 2].map((argument) => grad(f, { argument: argument as 0 })(...x));

const norm = (list: readonly Tensor[]) =>
  list.map((x) => x.square().sum()).reduce((a, b) => a.add(b));

const close = { rtol: 1e-12, atol: 1e-13 };

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

describe("loops in loops", () => {
  const rows = float64([
    [1, 2, 3],
    [4, 5, -6],
  ]);
  const inner = (w: Tensor, options: ScanOptions) => (c: Tensor, row: Tensor) => {
    const [d, ys] = scan(
      (d: Tensor, x: Tensor) => {
        const next = d.mul(w).add(x.mul(0.1)).tanh();
        return [next, next.mul(x)];
      },
      c,
      row,
      options,
    );
    return [d, ys.sum()] as const;
  };
  const nested = (outer: ScanOptions, within: ScanOptions) => (w: Tensor, rows: Tensor) => {
    const [c, ys] = scan(inner(w, within), float64(0.3), rows, outer);
    return c.add(ys.sum());
  };
  const plain = (w: Tensor, rows: Tensor) => {
    let c: Tensor = float64(0.3);
    let total: Tensor = float64(0);
    for (let i = 0; i < 2; i++) {
      for (let j = 0; j < 3; j++) {
        const x = rows.slice(i, j);
        c = c.mul(w).add(x.mul(0.1)).tanh();
        total = total.add(c.mul(x));
      }
    }
    return c.add(total);
  };
  const point = float64(0.8);

  test.each<[ScanOptions, ScanOptions]>([
    [{}, {}],
    [{ checkpoint: true }, {}],
    [{}, { checkpoint: true }],
    [{ checkpoint: true }, { checkpoint: true }],
  ])("unroll to the same, outer %o, inner %o", (outer, within) => {
    const f = nested(outer, within);
    expectClose(evaluate(f, point, rows), plain(point, rows), close);
    expectClose(evaluate(grad(f), point, rows), grad(plain)(point, rows), close);
    const twice = (f: typeof plain) => grad((w: Tensor) => grad(f)(w, rows));
    expectClose(evaluate(twice(f), point), twice(plain)(point), close);
    const lanes = float64([0.8, -0.3]);
    const each = evaluate((w) => vmap((w: Tensor) => grad(f)(w, rows))(w), lanes);
    expectClose(each, stack([0, 1].map((i) => grad(plain)(lanes.slice(i), rows))), close);
  });

  test("with a checkpoint, or a rule of its own, inside the body", () => {
    const cube = customVjp(
      (x: Tensor) => x.pow(3),
      [({ g, x: [x] }) => g.mul(x!.square().mul(3))],
      {
        samples: [[float64(0.4)]],
      },
    );
    const exp = customVjp((x: Tensor) => x.exp(), [({ g, y }) => g.mul(y)], {
      samples: [[float64(0.4)]],
    });
    for (const part of [checkpoint((x: Tensor) => x.sin().mul(x)), cube, exp]) {
      const f = (w: Tensor, x: Tensor) =>
        scan((c: Tensor, y: Tensor) => [part(c.mul(w)).add(y), null], float64(0.2), x)[0];
      expect(checkGradients(f, [point, float64([0.1, 0.2])], { order: 2 }).worst).toBeLessThan(
        1e-6,
      );
      const lanes = float64([0.8, -0.3]);
      const x = float64([0.1, 0.2]);
      const each = evaluate((w) => vmap((w: Tensor) => grad(f)(w, x))(w), lanes);
      expectClose(each, stack([0, 1].map((i) => grad(f)(lanes.slice(i), x))), close);
    }
  });

  test("inside a checkpoint", () => {
    const f = checkpoint((w: Tensor, rows: Tensor) => nested({}, {})(w, rows));
    expectClose(evaluate(grad(f), point, rows), grad(plain)(point, rows), close);
  });
});

describe("a body without a derivative", () => {
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

  test("runs, as long as nobody asks for one", () => {
    const f = (x: Tensor) =>
      scan((c: Tensor, y: Tensor) => [opaque([c]).add(y), null], float64(1), x)[0];
    expectSame(evaluate(f, float64([1, 2])), 4);
    expectError(() => evaluate(grad(f), float64([1, 2])), { name: "GradientError", op: "opaque" });
  });

  test("closes over a tensor in a rule of its own", () => {
    const k = float64(0.5).mul(2);
    const scaled = customVjp((x: Tensor) => x.mul(k), [({ g }) => g.mul(k)], {
      samples: [[float64(0.3)]],
    });
    const f = (x: Tensor) =>
      scan((c: Tensor, y: Tensor) => [scaled(c).add(y), null], float64(1), x)[0];
    expectSame(evaluate(grad(f), float64([1, 2])), [1, 1]);
  });
});

describe("the node", () => {
  test("prints as one, with its results", () => {
    const text = printGraph(loopOf({})(w, h0, xs));
    expect(text).toMatch(/scan\(n\d+, n\d+, n\d+/);
    expect(text.split("\n").filter((line) => line.includes("scan("))).toHaveLength(1);
  });

  test("hands its gradients on in steps whose sums are those of the pass", () => {
    const v = variable(w.toArray(), { dtype: "float64", label: "w" });
    const [h, all] = scan(cell(v.leaf), h0, xs);
    const record = h.sum().add(all.sum()).add(v.square().sum()).backward();
    const sums = new Map<Tensor, number | Tensor>();
    for (const { inputs } of record.steps()) {
      for (const { node, sumBefore, sumAfter } of inputs) {
        if (sums.has(node)) expect(String(sumBefore)).toBe(String(sums.get(node)));
        sums.set(node, sumAfter);
      }
    }
    expectSame(sums.get(v.leaf) as Tensor, v.grad!);
    const step = record.steps().find(({ op }) => op === "scan")!;
    expect(step.formula).toContain("f(cₜ, xₜ)");
    expect(step.results!.filter((g) => g !== undefined)).toHaveLength(2);
    expect(step.inputs.map(({ node }) => node)).toEqual([v.leaf]);
    expectError(() => step.inputs[0]!.element([0, 0]), { op: "scan" }, "several results");
  });

  test("holds ten thousand steps", () => {
    const v = scalar(0.999);
    const [c] = scan((c: Operand) => [c.mul(v).add(0.001), null], float64(0), null, {
      length: 10_000,
    });
    c.backward();
    expectClose(
      v.grad!,
      grad((v: Tensor) => {
        let c: Tensor = float64(0);
        for (let i = 0; i < 10_000; i++) c = c.mul(v).add(0.001);
        return c;
      })(float64(0.999)),
      { rtol: 1e-11 },
    );
  });
});

describe("scan refuses", () => {
  const idle = (c: Tensor) => [c, null] as const;
  const v = scalar(1, { label: "v" });

  test.each<[string, () => unknown, object, string[]]>([
    [
      "no length",
      () => scan(idle, h0, null),
      { name: "ValueError" },
      ["how many steps", "option length"],
    ],
    ["half a length", () => scan(idle, h0, null, { length: 2.5 }), { name: "ValueError" }, ["2.5"]],
    [
      "a negative length",
      () => scan(idle, h0, null, { length: -1 }),
      { name: "ValueError" },
      ["-1"],
    ],
    [
      "another length",
      () => scan(idle, h0, xs, { length: 2 }),
      { name: "ShapeError", axis: 0, shapes: [[3, 2]] },
      ["2 steps", "[3, 2]", "axis 0 of every sequence must be 2"],
    ],
    [
      "sequences of unequal length",
      () => scan(idle, h0, [xs, h0] as const),
      { name: "ShapeError", shapes: [[3, 2], [2]] },
      ["[3, 2] and [2]"],
    ],
    ["a scalar as sequence", () => scan(idle, h0, float64(1)), { name: "ValueError" }, ["axis 0"]],
    [
      "a carry of another shape",
      () => scan((c: Tensor, x: Tensor) => [concat([c, x]), null], h0, xs),
      { name: "ShapeError", shapes: [[2], [4]] },
      ["carry 0", "float64 [2]", "float64 [4]"],
    ],
    [
      "a carry of another dtype",
      () => scan((c: Tensor, x: Tensor) => [x.sum(), c], tensor(0), xs),
      { name: "ShapeError" },
      ["float32 []", "float64 []"],
    ],
    [
      "another number of carries",
      () => scan(((c: Tensor) => [[c, c], null]) as never, h0, xs),
      { name: "ValueError" },
      ["1 carries go in, 2 come out"],
    ],
    [
      "no pair",
      () => scan(((c: Tensor) => c) as never, h0, xs),
      { name: "ValueError" },
      ["pair", "[carry, y]"],
    ],
    [
      "backward in the body",
      () =>
        scan(
          (c: Tensor) => {
            v.mul(2).backward();
            return [c, null];
          },
          h0,
          xs,
        ),
      { name: "TraceError" },
      ["gradient of v", "grad(...)"],
    ],
  ])("%s", (_, run, facts, says) => {
    const error = expectError(
      () => evaluate(() => run() as never),
      { op: "scan", ...facts },
      ...says,
    );
    expect(error.site).toMatch(/scan\.test\.ts/);
    expect(v.grad).toBeNull();
  });

  test("reading a value in the body", () => {
    expectError(
      () => scan((c: Tensor, x: Tensor) => [x.sum().item() > 0 ? c : c.neg(), null], h0, xs),
      { name: "TraceError", op: "item" },
      "where",
    );
  });
});
