import { checkpoint, scan, type Tensor, tensor, variable } from "@neurite/autograd";
import { describe, expect, test } from "vitest";
import { gradientFlowToDot, graphOf, toDot } from "../src/index.js";

/** Two steps of a small recurrent network, as one node. */
function recurrent() {
  const w = variable(
    [
      [0.1, 0.2],
      [0.3, -0.4],
    ],
    { label: "w" },
  );
  const step = (h: Tensor, x: Tensor) => {
    const next = x.add(h.matmul(w)).tanh();
    return [next, next] as const;
  };
  const [h, ys] = scan(
    step,
    tensor([0, 0]),
    tensor([
      [1, 2],
      [3, 4],
    ]),
  );
  return h.sum().add(ys.square().sum());
}

describe("a loop in a graph", () => {
  test("is one node without numbers of its own, and its results are told apart", () => {
    const loss = recurrent();
    const { nodes, edges } = graphOf(loss, { backward: loss.backward() });
    const loop = nodes.find(({ op }) => op === "scan")!;
    expect(loop.results?.slice(0, 2)).toEqual(["[2] float32", "[2,2] float32"]);
    expect(loop.data).toBeUndefined();
    expect(nodes.filter(({ op }) => op === "project").map(({ result }) => result)).toEqual([0, 1]);
    const weight = nodes.find(({ role }) => role === "parameter")!;
    const edge = edges.find(({ from }) => from === weight.id)!;
    expect(edge.contribution?.rms).toBeCloseTo((weight.grad as { rms: number }).rms, 12);
  });

  test("is drawn with its name and the number of its results, never as broken", () => {
    const loss = recurrent();
    const backward = loss.backward();
    for (const dot of [toDot(loss, { backward }), gradientFlowToDot(loss, { backward })]) {
      expect(dot).not.toMatch(/broken|NaN/);
      expect(dot).toContain("scan");
      expect(dot).toContain("result 1");
    }
  });
});

test("a checkpointed piece is drawn too", () => {
  const x = variable([1, 2], { label: "x" });
  const loss = checkpoint((x: Tensor) => x.exp().tanh())(x.asTensor()).sum();
  expect(toDot(loss, { backward: loss.backward() })).toContain("checkpoint");
});
