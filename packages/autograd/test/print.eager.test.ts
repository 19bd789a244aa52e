import { expect, describe as group, test } from "vitest";
import {
  describe,
  grad,
  printGraph,
  scalar,
  scope,
  showNumber,
  type Tensor,
  tensor,
  trace,
  variable,
} from "../src/index.js";

group("printGraph", () => {
  test("a neuron: one node a line, inputs before their users", () => {
    const [w, x] = [scalar(2, { label: "w" }), scalar(-3, { label: "x" })];
    const y = scope("neuron", () => w.mul(x).add(1).as("z").tanh());
    expect(printGraph(y)).toMatchInlineSnapshot(`
      "n0  variable "w"     float64 [] = 2  in neuron
      n1  variable "x"     float64 [] = -3  in neuron
      n2  mul(n0, n1)      float64 [] = -6  in neuron
      n3  constant         float64 [] = 1  in neuron
      n4  add(n2, n3) "z"  float64 [] = -5  in neuron
      n5  tanh(n4)         float64 [] = -0.9999  in neuron"
    `);
  });

  test("a derivative is a graph like any other, in the scope of what it derives", () => {
    const x = scalar(2, { label: "x" });
    const y = scope("cube", () => x.mul(x).mul(x));
    expect(printGraph(grad(y, [x]))).toMatchInlineSnapshot(`
      "n0  constant      float64 [] = 1
      n1  variable "x"  float64 [] = 2  in cube
      n2  mul(n1, n1)   float64 [] = 4  in cube
      n3  mul(n0, n2)   float64 [] = 4  in cube
      n4  mul(n0, n1)   float64 [] = 2  in cube
      n5  mul(n4, n1)   float64 [] = 4  in cube
      n6  add(n3, n5)   float64 [] = 8
      n7  mul(n4, n1)   float64 [] = 4  in cube
      n8  add(n6, n7)   float64 [] = 12"
    `);
  });

  test("tensors with their shapes, values while they are small", () => {
    const w = variable(
      [
        [1, 2],
        [3, 4],
      ],
      { label: "w" },
    );
    const y = w
      .matmul(tensor([1, -1]))
      .add(tensor([0.5]))
      .relu()
      .sum();
    expect(printGraph(y)).toMatchInlineSnapshot(`
      "n0  variable "w"      float32 [2, 2] = [[1, 2], [3, 4]]
      n1  constant          float32 [2] = [1, -1]
      n2  contract(n0, n1)  float32 [2] = [-1, -1]
      n3  constant          float32 [1] = [0.5]
      n4  broadcastTo(n3)   float32 [2] = [0.5, 0.5]
      n5  add(n2, n4)       float32 [2] = [-0.5, -0.5]
      n6  relu(n5)          float32 [2] = [0, 0]
      n7  sum(n6)           float32 [] = 0"
    `);
  });

  test("what is traced has no values yet", () => {
    const { graph } = trace((x: Tensor) => x.exp().sum(), tensor([1, 2]));
    expect(printGraph(graph.outputs)).toMatchInlineSnapshot(`
      "n0  placeholder  float32 [2]
      n1  exp(n0)      float32 [2]
      n2  sum(n1)      float32 []"
    `);
  });

  test("several roots, what they share once", () => {
    const x = scalar(1);
    const shared = x.exp();
    expect(printGraph([shared.neg(), shared.sin()])).toMatchInlineSnapshot(`
      "n0  variable  float64 [] = 1
      n1  exp(n0)   float64 [] = 2.718
      n2  neg(n1)   float64 [] = -2.718
      n3  sin(n1)   float64 [] = 0.4108"
    `);
  });
});

group("describe", () => {
  test.each([
    [scalar(2, { label: "w" }).asTensor(), 'variable "w" float64 [] = 2'],
    [tensor([1, 2.34567]), "constant float32 [2] = [1, 2.346]"],
    [tensor([[true], [false]]), "constant bool [2, 1] = [[true], [false]]"],
    [tensor([]), "constant float32 [0] = []"],
    [tensor(new Float32Array(9)), "constant float32 [9]"],
    [tensor(1).neg().as('with "quotes"'), 'neg "with \\"quotes\\"" float32 [] = -1'],
  ])("%s", (node, text) => {
    expect(describe(node)).toBe(text);
    expect(String(node)).toBe(text);
  });

  test.each([
    [0, "0"],
    [-0, "0"],
    [1 / 3, "0.3333"],
    [12345.678, "12350"],
    [1234567, "1.2e+6"],
    [1e-5, "1.0e-5"],
    [0.001, "0.001"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Inf"],
    [Number.NEGATIVE_INFINITY, "-Inf"],
  ])("shows %d as %s", (value, text) => {
    expect(showNumber(value)).toBe(text);
  });
});
