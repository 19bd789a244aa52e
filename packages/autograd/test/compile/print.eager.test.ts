import { expect, test } from "vitest";
import { Buffer } from "../../src/compile/buffer.js";
import { fuse } from "../../src/compile/fuse/fuse.js";
import { plan } from "../../src/compile/plan.js";
import { Names } from "../../src/compile/print/names.js";
import { printPlan, printTasks } from "../../src/compile/print/program.js";
import { simplify } from "../../src/compile/simplify/simplify.js";
import { scan, scope, type Tensor, type Tree, trace, zeros } from "../../src/index.js";

/** A function of tensors as a program, and names for its buffers. */
function programOf<A extends readonly Tensor[]>(f: (...x: A) => Tree, ...given: A) {
  const { graph } = trace(f, ...given);
  const inputs = graph.inputs.map(({ spec }) => new Buffer(spec));
  const { tasks, outputs } = fuse(simplify(graph), inputs);
  const names = new Names(inputs.map((buffer, i) => [buffer, "xyz"[i]!]));
  return { program: { tasks, inputs, outputs }, names };
}

test("a nest is printed as its loops: walks along rows, folds, and what stands once a row", () => {
  const centred = (x: Tensor, y: Tensor) => {
    const z = x.sub(x.mean(1, { keepDims: true }));
    return scope("norm", () => z.mul(y).sub(0.1));
  };
  const { program, names } = programOf(centred, zeros([3, 5]), zeros([5]));
  expect(printTasks(program.tasks, names)).toBe(
    `sum div sub×2 mul: x y → b0
  for i < 3
    for j < 5
      sum0 = sum of x[5i + j]
    for j < 5
      b0[5i + j] = (((x[5i + j] - (sum0 / 5)) * y[j]) - 0.1)`,
  );
});

test("loops, calls of JavaScript and copies are told apart", () => {
  const f = (x: Tensor, y: Tensor) => {
    const [last, all] = scan((c: Tensor, x: Tensor) => [c.mul(x), c], y, x);
    return [last, all, (last as Tensor).reshape([2, 2]).det()] as Tensor[];
  };
  const { program, names } = programOf(f, zeros([6, 4]), zeros([4]));
  const text = printTasks(program.tasks, names);
  expect(text).toMatch(/^copy: y → b0$/m);
  expect(text).toMatch(/^scan 6$/m);
  expect(text).toMatch(/^ {2}keep: b0 → b1\[t\]$/m);
  expect(text).toMatch(/^ {2}mul: b0 x\[t\] → b2$/m);
  expect(text).toMatch(/^det: b0 → b\d {2}in JavaScript$/m);
});

test("a plan is printed as the place of each buffer", () => {
  const { program, names } = programOf((x: Tensor) => x.matmul(x).matmul(x), zeros([4, 4]));
  const placed = plan(program, new Map(), new Map(), () => 64);
  printTasks(program.tasks, names);
  expect(printPlan(program, placed, names)).toBe(
    `x   float32 [4, 4]  at  64
b0  float32 [4, 4]  at 192
b1  float32 [4, 4]  at 320
384 bytes in all`,
  );
});
