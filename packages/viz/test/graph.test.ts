import { scalar, scope, tensor, variable } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { graphOf, toDot } from "../src/index.js";
import { scalarNeuron } from "./support/examples.js";

describe("the graph as data", () => {
  it("has one edge for each argument and one node for each value", () => {
    const x = scalar(3);
    const { nodes, edges } = graphOf(x.mul(x));
    expect(nodes.map(({ id, op }) => [id, op])).toEqual([
      ["n0", "variable"],
      ["n1", "mul"],
    ]);
    expect(edges.map(({ id, from, to }) => [id, from, to])).toEqual([
      ["n1-0", "n0", "n1"],
      ["n1-1", "n0", "n1"],
    ]);
  });

  it("keeps equal leaves apart", () => {
    expect(graphOf(scalar(1).add(scalar(1))).nodes).toHaveLength(3);
  });

  it("tells roles apart", () => {
    const x = tensor(2, { dtype: "float64", label: "x" });
    const loss = scalar(3).mul(x).add(1);
    const roles = (options = {}) => graphOf(loss, options).nodes.map(({ role }) => role);
    expect(roles()).toEqual(["parameter", "input", "op", "constant", "output"]);
    expect(roles({ backward: loss.backward() }).at(-1)).toBe("loss");
  });

  it("draws variables that are data as inputs, with their gradients", () => {
    const [x, w] = [scalar(2, { label: "x" }), scalar(3, { label: "w" })];
    const y = x.mul(w);
    const { nodes } = graphOf(y, { backward: y.backward(), inputs: [x] });
    expect(nodes.map(({ label, role }) => [label, role]).slice(0, 2)).toEqual([
      ["x", "input"],
      ["w", "parameter"],
    ]);
    expect(nodes[0]!.grad).toMatchObject({ value: 3 });
    const dot = toDot(y, { backward: y.backward(), inputs: [x] });
    expect(dot).toContain('label="x input|data 2|grad 3"');
    expect(dot).toContain(
      'comment="Computation graph: 1 input, 1 parameter, 1 operation, 2 edges."',
    );
  });

  it("knows no gradient before backward, and afterwards those of the record", () => {
    const { y, leaves } = scalarNeuron();
    expect(graphOf(y).nodes.every(({ grad }) => grad === "not-run")).toBe(true);
    const backward = y.backward();
    const { nodes, edges } = graphOf(y, { backward });
    for (const { label, grad } of nodes) {
      const variable = leaves[label ?? ""];
      if (variable) expect(grad).toMatchObject({ value: backward.of(variable).item() });
    }
    for (const { local, upstream, contribution } of edges) {
      expect((local as number) * upstream!.value!).toBeCloseTo(contribution!.value!, 12);
    }
  });

  it("gives constants no gradient, and nodes that the pass did not reach none either", () => {
    const unused = scalar(1).stopGradient();
    const loss = scalar(2).mul(unused).add(5);
    const { nodes } = graphOf(loss, { backward: loss.backward() });
    expect(nodes.map(({ op, grad }) => [op, typeof grad === "string" ? grad : grad.value])).toEqual(
      [
        ["variable", 1],
        ["variable", "none"],
        ["stopGradient", "none"],
        ["mul", 1],
        ["constant", "none"],
        ["add", 1],
      ],
    );
  });

  it("describes tensors by a few numbers, and small ones by all", () => {
    const [node] = graphOf(tensor([3, -4, 0, 0])).nodes;
    expect(node!.data).toMatchObject({ rms: 2.5, mean: -0.25, max: 4, zeroFraction: 0.5 });
    expect(node!.data!.elements).toEqual([3, -4, 0, 0]);
    expect(graphOf(tensor(new Float32Array(9))).nodes[0]!.data!.elements).toBeUndefined();
  });

  it("places a parameter in the scope of its uses, wherever it was read first", () => {
    const w = scalar(2, { label: "w" });
    const leaf = w.leaf;
    const y = scope("outer", () => scope("inner", () => w.mul(leaf), "Square"));
    const { nodes, scopes } = graphOf(y);
    expect(scopes).toEqual([
      { id: "s0", path: "outer", kind: "", parent: null },
      { id: "s1", path: "outer.inner", kind: "Square", parent: "s0" },
    ]);
    expect(nodes.map(({ scope }) => scope)).toEqual(["s1", "s1"]);
  });

  it("counts units of a relu that are dead for every example", () => {
    const x = variable([
      [1, -1, -2],
      [2, -1, 3],
    ]);
    expect(graphOf(x.relu()).nodes.at(-1)!.dead).toEqual({ units: 1, of: 3 });
  });

  it("walks chains that would overflow a stack", () => {
    let y = scalar(0).asTensor();
    for (let i = 0; i < 20_000; i++) y = y.neg();
    expect(graphOf(y).nodes).toHaveLength(20_001);
  });
});
