import { expect, test } from "vitest";
import { compile, scan, scope, type Tensor, tensor, variable, zeros } from "../../src/index.js";
import { expectSame } from "../support/close.js";

const w = variable([[0.5], [-0.25]], { label: "w" });
const x = tensor([
  [1, 2],
  [3, 4],
]);

const step = compile((x: Tensor) => {
  const loss = scope("neuron", () => x.matmul(w).tanh())
    .square()
    .mean();
  loss.backward();
  w.assign(w.sub(w.grad!.mul(0.1)));
  w.zeroGrad();
  return loss;
});

test("explain tells what runs, and leaves every variable as it is", () => {
  step(x);
  const value = w.toArray();
  const report = step.explain();
  expectSame(w, value);
  expect(report.calls).toBe(1);
  const [product] = report.tasks;
  expect(product).toMatchObject({
    kind: "kernel",
    title: "contract",
    scope: "neuron",
    function: "$contract",
    shapes: "[2, 2] [2, 1] → [2, 1]",
    runs: 1,
    flops: 8,
    bytes: 4 * (4 + 2 + 2),
  });
  expect(step.wat()).toContain(`(func ${product!.function} `);
  for (const { seconds } of report.tasks) expect(seconds).toBeGreaterThan(0);
  expect(report.memory.variables).toBe(8);
  expect(report.module.functions).toBeGreaterThanOrEqual(report.tasks.length);
  expect(Object.keys(report.milliseconds)).toEqual([
    "trace",
    "simplify",
    "fuse",
    "plan",
    "assemble",
    "webAssembly",
  ]);
  // The next step goes on from the value of before.
  const again = variable(value, { label: "w" });
  const loss = x.matmul(again).tanh().square().mean();
  expectSame(step(x), loss.toArray());
});

test("as a text it has a line for each kernel, with its share of the time", () => {
  step(x);
  const text = String(step.explain());
  expect(text).toMatch(/^a call +[\d.]+ [nµm]s in \d tasks, .*; \d so far$/m);
  expect(text).toMatch(/^module +[\d.]+ kB, \d+ functions$/m);
  expect(text).toMatch(/^ *share +time +GFLOP\/s +GB\/s +module +task +shapes +function$/m);
  expect(text).toMatch(/%.* neuron +contract +\[2, 2\] \[2, 1\] → \[2, 1\] +\$contract$/m);
  const shares = [...text.matchAll(/^ *([\d.]+) %/gm)].map(([, share]) => Number(share));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 0);
});

test("what JavaScript has to do stands there with the reason", () => {
  const solve = compile((a: Tensor) => a.det());
  solve(x);
  const report = solve.explain();
  expect(report.tasks).toMatchObject([{ kind: "host", title: "det", reason: "linear algebra" }]);
  expect(String(report)).toContain("in JavaScript: det (linear algebra)");
});

test("the tasks of a loop are measured once, and counted as often as they run", () => {
  const loop = compile((x: Tensor) => {
    const [, ys] = scan((c: Tensor, x: Tensor) => [c, c.mul(x).exp()], zeros([64]), x);
    return ys as Tensor;
  });
  loop(zeros([100, 64]));
  const inside = loop.explain().tasks.filter(({ runs }) => runs === 100);
  expect(inside.map(({ title }) => title)).toEqual(["mul exp"]);
});

test("a step whose index is assigned in place is measured within its bounds", () => {
  const at = variable([1], { dtype: "int32" });
  const table = tensor([1, 2, 3, 4]);
  const next = compile(() => {
    const value = table.indexSelect(at, 0);
    at.assign(at.add(1));
    return value;
  });
  next();
  next.explain();
  expectSame(at, [2]);
  expectSame(next(), [3]);
});

test("the graph of the last call is there", () => {
  step(x);
  expect(step.graph.outputs).toHaveLength(1);
  expect(step.graph.writes.map(({ place }) => place)).toContain("value");
});
