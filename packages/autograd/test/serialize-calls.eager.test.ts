import { describe, expect, test } from "vitest";
import {
  checkpoint,
  customVjp,
  defineOp,
  deserialize,
  type Graph,
  grad,
  noGrad,
  type Operand,
  ops,
  printGraph,
  replay,
  scalar,
  scan,
  scope,
  serialize,
  type Tensor,
  trace,
  type Variable,
} from "../src/index.js";
import { errorOf } from "./support/checks.js";
import { expectSame } from "./support/close.js";
import { loaded } from "./support/serialised.js";
import { float64 } from "./support/values.js";

describe("a traced function that was loaded", () => {
  test("is replayed on other inputs, and moves the state on", () => {
    const make = () => {
      const w = scalar(3, { label: "w" });
      const step = (x: Tensor) => {
        w.zeroGrad();
        const loss = noGrad(() => w.exp()).mul(w.mul(x).square());
        loss.backward();
        w.assign(w.sub(w.grad!.mul(0.001)));
        return loss;
      };
      return trace(step, float64(1)).graph;
    };
    const [here, there] = [make(), loaded(make())];
    for (const x of [1, 2, -1]) {
      expectSame(replay(there, [float64(x)])[0]!, replay(here, [float64(x)])[0]!);
    }
    const [w] = there.captures.map(({ cell }) => cell as Variable);
    expect(w!.label).toBe("w");
    expectSame(w!.leaf, here.captures[0]!.cell.leaf);
    expectSame(w!.grad!, here.captures[0]!.cell.grad!);
  });

  test("prints the same", () => {
    const { graph } = trace((x: Tensor) => scope("f", () => x.sin().as("s")).mul(2), float64(1));
    expect(printGraph(loaded(graph).outputs)).toBe(printGraph(graph.outputs));
  });

  test("differentiates ahead of its values, and not through what was detached", () => {
    const { graph } = trace((x: Tensor) => noGrad(() => x.exp()).mul(x.sin()), float64(1));
    const derivative = ({ inputs, outputs }: Graph) => grad(outputs[0]!, inputs)[0]!;
    expect(printGraph(derivative(loaded(graph)))).toBe(printGraph(derivative(graph)));
  });

  test("still depends on whether there was a gradient", () => {
    const w = scalar(3);
    const { graph } = trace(() => {
      w.square().backward();
      return w.grad;
    });
    const again = loaded(graph);
    expectSame(replay(again, [])[0]!, 6);
    expect(errorOf(() => replay(again, []))).toMatchObject({ name: "TraceError", op: "replay" });
    w.square().backward();
    const second = trace(() => {
      w.square().backward();
      return w.grad;
    }).graph;
    expectSame(replay(loaded(second), [])[0]!, 12);
  });

  test("may be written and read while another trace runs", () => {
    const w = scalar(3);
    const file = serialize({ w, loss: w.square() });
    let again = { w, loss: w.square() };
    const { graph } = trace(() => {
      w.assign(w.mul(0));
      expect(serialize({ w, loss: again.loss })).toEqual(file);
      again = deserialize(file);
      return null;
    });
    expect(graph.captures).toHaveLength(1);
    expectSame(again.w, 3);
    expectSame(again.loss, 9);
  });
});

describe("graphs inside nodes", () => {
  const recurrence = (w: Operand, xs: Operand): Tensor => {
    const cell = checkpoint((h: Operand, x: Operand): Tensor => h.mul(w).add(x).tanh());
    const step = (h: Operand, x: Operand): [Tensor, Tensor] => {
      const next = scope("cell", () => cell(h, x));
      return [next, next.square()];
    };
    const [last, all] = scan(step as never, float64(0.5), xs) as [Tensor, Tensor];
    return last.add(all.sum());
  };

  test.each([1, 2])("differentiate after loading, order %i", (order) => {
    const derivative = ({ w, y }: { w: Operand; y: Tensor }): Tensor => {
      let result = y;
      for (let i = 0; i < order; i++) [result] = grad(result, [w.asTensor()]) as [Tensor];
      return result;
    };
    const w = scalar(0.8, { label: "w" });
    const y = recurrence(w, float64([1, -2, 0.5]));
    expectSame(derivative(loaded({ w, y })), derivative({ w, y }));
    const gradient = derivative({ w, y });
    expectSame(loaded(gradient), gradient);
    expect(printGraph(loaded(gradient))).toBe(printGraph(gradient));
  });

  test("are replayed", () => {
    const w = scalar(0.8);
    const { graph } = trace(
      (xs: Tensor) => grad(recurrence(w, xs), [w])[0]!,
      float64([1, -2, 0.5]),
    );
    const other = [float64([3, 2, 1])];
    expectSame(replay(loaded(graph), other)[0]!, replay(graph, other)[0]!);
  });
});

describe("ops of the user", () => {
  const power = defineOp<readonly [Tensor], { readonly by: number; readonly note: string }>(
    {
      name: "power",
      family: "unary",
      formula: { forward: "y = xⁿ", vjp: ["x̄ = ȳ·n·xⁿ⁻¹"] },
      shape: ([x]) => x!.shape,
      dtype: ([x]) => x!.dtype,
      forward: (out, [x], { by }) => out.data.set(x!.toTypedArray().map((v) => v ** by)),
      vjp: [({ g, x: [x], attrs: { by } }) => g.mul(x.pow(by - 1)).mul(by)],
    },
    { samples: [{ inputs: [float64([1, 2])], attrs: { by: 3, note: "" } }] },
  );

  test("made by defineOp are stored by name, with plain attributes", () => {
    const w = scalar(2);
    const y = power([w], { by: 3, note: "'NaN" });
    const file = serialize({ w, y });
    const again = deserialize<{ w: Variable; y: Tensor }>(file, { ops: [power] });
    expectSame(again.y, 8);
    expectSame(grad(again.y, [again.w])[0]!, 12);
    expect(again.y.attrs).toEqual({ by: 3, note: "'NaN" });
    expect(errorOf(() => deserialize(file))).toMatchObject({
      name: "ValueError",
      op: "deserialize",
      message: expect.stringContaining("node 1 (power)"),
      fix: expect.stringContaining("ops: [op]"),
    });
  });

  test("whose attributes are functions, or whose name is taken, cannot be stored", () => {
    const attrs = { by: 3, note: (() => "") as unknown as string };
    expect(errorOf(() => serialize(power([float64(2)], attrs)))).toMatchObject({
      op: "serialize",
      message: expect.stringContaining("attributes of power.note is function"),
    });
    const mine = defineOp<readonly [Tensor, Tensor]>(ops.mul as never, {
      samples: [{ inputs: [float64(1), float64(2)] }],
    });
    expect(errorOf(() => serialize(mine([float64(2), float64(3)])))).toMatchObject({
      op: "serialize",
      message: expect.stringContaining("node 2 has an op mul"),
    });
  });

  test("made by customVjp cannot: the error names op and node, and the way out", () => {
    const clipped = customVjp((x: Tensor) => x.mul(1), [({ g }) => g.clamp(-1, 1)], {
      name: "clipped",
      samples: [[float64(0.5)]],
      surrogate: "clipped gradient",
    });
    expect(errorOf(() => serialize(clipped(scalar(1).asTensor())))).toMatchObject({
      name: "ValueError",
      op: "serialize",
      message: expect.stringMatching(/node \d+ has the op clipped/),
      fix: expect.stringContaining("defineOp"),
    });
  });
});

test("a graph of 100,000 nodes is printed, written, read and differentiated without recursion", () => {
  const w = scalar(1, { label: "w" });
  let y: Tensor = w.mul(1);
  for (let i = 0; i < 50_000; i++) y = y.mul(0.9999).add(w);
  const again = deserialize<{ w: Variable; y: Tensor }>(serialize({ w, y }));
  expect(printGraph(again.y)).toBe(printGraph(y));
  y.backward();
  again.y.backward();
  expectSame(again.w.grad!, w.grad!);
}, 120_000);

test("the graph of a training step of 100,000 nodes is written, read and replayed", () => {
  const w = scalar(1);
  const { graph } = trace((x: Tensor) => {
    w.zeroGrad();
    let y = x;
    for (let i = 0; i < 15_000; i++) y = y.mul(w).add(x);
    y.backward();
    w.assign(w.sub(w.grad!.mul(1e-9)));
    return y;
  }, float64(0.5));
  const again = deserialize<Graph>(serialize(graph));
  expect(again.body.length).toBe(graph.body.length);
  expectSame(replay(again, [float64(0.5)])[0]!, replay(graph, [float64(0.5)])[0]!);
  expectSame(again.captures[0]!.cell.leaf, w);
}, 120_000);
