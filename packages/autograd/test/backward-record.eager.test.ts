import { describe, expect, test } from "vitest";
import {
  type BackpropInput,
  type BackpropStep,
  type Operand,
  scalar,
  type Tensor,
  tensor,
  variable,
} from "../src/index.js";
import { record as recordNode } from "../src/tensor.js";
import { errorOf } from "./support/checks.js";
import { expectSame } from "./support/close.js";
import { float64 } from "./support/values.js";

/** A neuron: one number in every place a step can have one. */
function neuron() {
  const [w, x, b] = [scalar(2, { label: "w" }), scalar(-3, { label: "x" }), scalar(1)];
  const z = w.mul(x).add(b).as("z");
  const loss = z.tanh().sub(0.5).square();
  return { w, x, b, z, loss, record: loss.backward() };
}

/** A layer on a batch: matmul, a bias that is broadcast, tanh. */
function layer() {
  const w = variable(
    [
      [0.5, -1],
      [0.25, 2],
      [1, 0.1],
    ],
    { dtype: "float64" },
  );
  const b = variable([0.1, -0.2], { dtype: "float64" });
  const x = float64([
    [1, 2, 3],
    [-1, 0.5, 0.2],
  ]);
  const y = x.matmul(w).add(b).tanh();
  const loss = y.square().sum();
  return { w, b, x, y, loss, record: loss.backward() };
}

describe("record.of", () => {
  test("is the gradient of any node: the loss, intermediates, variables, constants", () => {
    const { w, x, b, z, loss, record } = neuron();
    expectSame(record.of(loss), 1);
    expectSame(record.of(w), w.grad!);
    expectSame(record.of(b), record.of(z));
    expect(record.of(x).item()).toBeCloseTo(2 * record.of(z).item());
    expect(w.grad!.item()).toBeCloseTo(2 * (Math.tanh(-5) - 0.5) * (1 - Math.tanh(-5) ** 2) * -3);
  });

  test("reaches constants, which the pass itself did not", () => {
    const { x, w, y, record } = layer();
    expect(record.reached(w.asTensor())).toBe(true);
    expect(record.reached(x)).toBe(false);
    const upstream = record.of(y.inputs[0]!);
    expectSame(record.of(x), upstream.matmul(w.transpose()));
    expectSame(record.of(x), record.of(x));
  });

  test("refuses a node of another graph", () => {
    const { record } = neuron();
    expect(errorOf(() => record.of(tensor(1)))).toMatchObject({
      name: "GradientError",
      op: "record.of",
      fix: expect.stringContaining("assigned variable has a new leaf"),
    });
  });

  test("refuses a node that no gradient reaches", () => {
    const w = scalar(2);
    const cut = w.mul(3);
    const record = cut.stopGradient().mul(w).backward();
    expect(errorOf(() => record.of(cut))).toMatchObject({
      message: expect.stringContaining("no gradient flows from the loss to mul"),
    });
  });

  test("only variables keep a gradient: a node says where to look", () => {
    const { z } = neuron();
    expect(errorOf(() => z.grad)).toMatchObject({
      name: "GradientError",
      fix: expect.stringContaining("record.of(node)"),
    });
  });
});

describe("steps", () => {
  test("go from the loss to the leaves, every node after all who use it", () => {
    const { loss, record } = neuron();
    const steps = record.steps();
    expect(steps.map(({ op }) => op)).toEqual(["mul", "sub", "tanh", "add", "mul"]);
    expect(steps.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    expect(steps[0]!.node).toBe(loss);
    expect(steps[0]!.upstream).toBe(1);
    expect(steps[2]).toMatchObject({ formula: "y = tanh(x)" });
    expect(steps[2]!.inputs[0]!.rule).toBe("x̄ = ȳ·(1 − y²)");
  });

  test("hand on local · upstream", () => {
    for (const { inputs, upstream } of neuron().record.steps()) {
      for (const { local, contribution } of inputs) {
        expect(contribution).toBeCloseTo((local as number) * (upstream as number), 14);
      }
    }
  });

  test.each([
    ["scalars", neuron],
    ["tensors", layer],
  ])("add up, contribution by contribution, to the gradient to the bit: %s", (_, make) => {
    const { record } = make();
    const seen = new Map<Tensor, number | Tensor>();
    for (const { inputs } of record.steps()) {
      for (const { node, sumBefore, sumAfter } of inputs) {
        expectNumbers(sumBefore, seen.get(node) ?? 0);
        seen.set(node, sumAfter);
      }
    }
    expect(seen.size).toBeGreaterThan(4);
    for (const [node, sum] of seen) expectNumbers(sum, numberOf(record.of(node)));
  });

  test.each([
    ["scalars", neuron],
    ["tensors", layer],
  ])("are right edge by edge: each slot against a difference in it alone, %s", (_, make) => {
    let edges = 0;
    for (const step of make().record.steps()) {
      for (const input of step.inputs) {
        checkEdge(step, input);
        edges++;
      }
    }
    expect(edges).toBeGreaterThan(5);
  });
});

describe("an element, written out", () => {
  test("of a matmul: one term for each output that it feeds", () => {
    const { w, x, record } = layer();
    const step = record.steps().find(({ op }) => op === "contract")!;
    const { terms, contribution } = step.inputs[0]!.element([2, 1]);
    expect(step.inputs[0]!.node).toBe(w.asTensor());
    expect(terms.map(({ output }) => output)).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect(terms.map(({ local }) => local)).toEqual([3, 0.2]);
    expect(x.toArray()).toEqual([
      [1, 2, 3],
      [-1, 0.5, 0.2],
    ]);
    expect(terms[0]!.product + terms[1]!.product).toBeCloseTo(contribution, 14);
    expect(contribution).toBe((w.grad!.toArray() as number[][])[2]![1]);
  });

  test("of a tanh: one term, its own", () => {
    const step = layer()
      .record.steps()
      .find(({ op }) => op === "tanh")!;
    const { terms, contribution } = step.inputs[0]!.element([1, 0]);
    expect(terms).toHaveLength(1);
    expect(terms[0]!.output).toEqual([1, 0]);
    expect(terms[0]!.product).toBeCloseTo(contribution, 14);
  });

  test("refuses what nobody would read, and places that are none", () => {
    const big = variable(new Float64Array(65));
    const [step] = big.square().sum().backward().steps().slice(1);
    expect(errorOf(() => step!.inputs[0]!.element([0]))).toMatchObject({
      name: "ValueError",
      message: expect.stringContaining("65 output elements are too many"),
    });
    const small = layer().record.steps()[1]!.inputs[0]!;
    for (const place of [[0], [2, 0], [0.5, 0], [-1, 0]]) {
      expect(errorOf(() => small.element(place))).toMatchObject({
        message: expect.stringContaining(`[${place}] is no element of shape [2, 2]`),
      });
    }
  });
});

const numberOf = (x: Tensor): number | Tensor => (x.rank === 0 ? x.item() : x);

function expectNumbers(actual: number | Tensor, expected: number | Tensor): void {
  if (expected === 0) expect(actual).toBe(0);
  else expectSame(actual, expected);
}

/** ⟨upstream, ΔY / h⟩ where only this slot of this op moves, for every element of the slot. */
function checkEdge({ node, upstream }: BackpropStep, { slot, contribution }: BackpropInput): void {
  const input = node.inputs[slot]!;
  const elements = elementsOf(contribution);
  const weights = elementsOf(upstream);
  const h = 1e-6;
  const moved = (at: number, by: number): number[] => {
    const data = input.toTypedArray();
    data[at]! += by;
    const other = tensor(data, { shape: input.shape, dtype: "float64" });
    return elementsOf(recordNode(node.op, node.inputs.with(slot, other), node.attrs));
  };
  for (const [at, analytic] of elements.entries()) {
    const [up, down] = [moved(at, h), moved(at, -h)];
    const numeric = weights.reduce((sum, g, i) => sum + (g * (up[i]! - down[i]!)) / (2 * h), 0);
    expect(analytic, `${node.op.name}, slot ${slot}`).toBeCloseTo(numeric, 6);
  }
}

const elementsOf = (x: number | Operand): number[] =>
  typeof x === "number" ? [x] : [...x.toTypedArray()];
