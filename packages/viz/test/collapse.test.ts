import { scope, tensor, variable } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { atDepth, collapse, innermost } from "../src/graph/collapse.js";
import { gradientFlowToDot, graphOf, toDot } from "../src/index.js";

/** y = x + tanh(xW) in a scope of its own, with a scope inside; the loss is outside. */
function residual() {
  const weight = variable(
    [
      [0.5, -0.25],
      [0.125, 1],
    ],
    { dtype: "float64", label: "W" },
  );
  const start = variable([[1, 2]], { dtype: "float64", label: "x" });
  const x = start.mul(tensor([[3, 4]], { dtype: "float64", label: "mask" }));
  const y = scope(
    "block",
    () => {
      const branch = scope("branch", () => x.matmul(weight).tanh(), "Dense");
      return x.add(branch);
    },
    "Residual",
  );
  const loss = y.square().sum();
  const backward = loss.backward();
  return { graph: graphOf(loss, { backward }), gradient: backward.of(x) };
}

describe("collapsed scopes", () => {
  it("bundle the uses of one value, and carry its whole gradient", () => {
    const { graph, gradient } = residual();
    const { nodes, edges } = collapse(graph, atDepth(graph.scopes, 1));
    expect(nodes.map(({ id }) => id)).toEqual(["n0", "n1", "n2", "s0", "n7", "n8"]);
    const into = edges.filter(({ to }) => to === "s0");
    expect(into).toMatchObject([{ from: "n2", slot: 0 }]);
    expect(into[0]!.contribution!.rms).toBeCloseTo(gradient.norm().item() / Math.SQRT2, 12);
  });

  it("are the innermost ones, or those at a depth", () => {
    const { graph } = residual();
    expect([...innermost(graph.scopes)]).toEqual(["s1"]);
    expect([...atDepth(graph.scopes, 1)]).toEqual(["s0"]);
    const box = collapse(graph, innermost(graph.scopes)).nodes.find(({ id }) => id === "s1")!;
    expect(box).toMatchObject({
      op: "Dense",
      label: "block.branch",
      scope: "s0",
      contents: { ops: 2, parameters: 4 },
    });
  });

  it("say that the loss is in them, and how large it is", () => {
    const y = scope("layer", () => variable([1, 3], { label: "w" }).mul(2), "Scale");
    const mse = (label?: string) =>
      scope("", () => (label ? y.square().mean().as(label) : y.square().mean()), "mse");
    for (const loss of [mse(), mse("mean squared error")]) {
      const backward = loss.backward();
      const options = { backward, detail: "scope" as const };
      const node = graphOf(loss, options).nodes.at(-1)!;
      expect(node.role).toBe("loss");
      for (const dot of [toDot(loss, options), gradientFlowToDot(loss, options)]) {
        expect(dot).toMatch(
          /class="output collapsed loss".*fillcolor="#e6f5e6".*label="mse {2}loss\\n/,
        );
        expect(dot).toMatch(/label="mse {2}loss\\n[^"]*data 20/);
      }
      expect(toDot(loss, { backward })).toMatch(/class="output loss".*label="[^"|]*loss\|/);
    }
    const loss = mse("loss");
    const twice = toDot(loss, { backward: loss.backward() });
    expect(twice).not.toContain("loss loss");
  });

  it("say that the output is in them, or that a pass began with something else", () => {
    const y = scope("unit", () => variable(0.5).tanh().as("y"), "Neuron");
    const label = (options = {}) =>
      /label="(Neuron[^"\\]*)/.exec(toDot(y, { ...options, detail: "scope" }))?.[1];
    expect(label()).toBe("Neuron  unit  output");
    expect(label({ backward: y.backward() })).toBe("Neuron  unit  output");
  });

  it("leave the graph they came from alone", () => {
    const { graph } = residual();
    const before = structuredClone(graph);
    collapse(graph, innermost(graph.scopes));
    expect(graph).toEqual(before);
  });
});
