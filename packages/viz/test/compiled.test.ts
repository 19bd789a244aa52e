import { compile, type Tensor, variable, zeros } from "@neurite/autograd";
import { expect, test } from "vitest";
import { graphOf, toDot } from "../src/index.js";

test("the graph of a compiled step can be drawn: its results, and what it assigns", () => {
  const w = variable([[1], [2]], { label: "w" });
  const step = compile((x: Tensor) => {
    const loss = x.matmul(w).tanh().as("y").square().mean();
    loss.backward();
    w.assign(w.sub(w.grad!.mul(0.1)));
    w.zeroGrad();
    return loss;
  });
  step(zeros([4, 2]));
  const { outputs, writes } = step.graph;
  const drawn = graphOf([...outputs, ...writes.flatMap(({ node }) => node ?? [])]);
  expect(drawn.nodes.filter(({ role }) => role === "parameter").map(({ label }) => label)).toEqual(
    expect.arrayContaining(["w"]),
  );
  expect(drawn.nodes.map(({ op }) => op)).toEqual(expect.arrayContaining(["tanh", "contract"]));
  expect(toDot(outputs)).toContain("tanh");
});
