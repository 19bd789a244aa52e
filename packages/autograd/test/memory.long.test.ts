import { test } from "vitest";
import { checkpoint, scalar, scan, scope, type Tensor, tensor, variable } from "../src/index.js";
import { expectFlatHeap } from "./support/heap.js";

test("a million steps of a neuron", async () => {
  const [w, b] = [scalar(0.5, { label: "w" }), scalar(0, { label: "b" })];
  await expectFlatHeap(
    () => {
      const y = scope("neuron", () => w.mul(2).add(b).as("z").tanh());
      const loss = y.sub(0.25).square();
      w.zeroGrad();
      b.zeroGrad();
      loss.backward();
      w.assign(w.sub(w.grad!.mul(0.01)));
      b.assign(b.sub(b.grad!.mul(0.01)));
    },
    // A step that kept a single pointer would add 4 MB.
    { steps: 1_000_000, margin: 2 ** 19 },
  );
});

test("twenty thousand steps of loops and checkpoints over arrays", async () => {
  const w = variable([[0.5, -0.5]], { dtype: "float64", label: "w" });
  const xs = tensor([[1], [2], [3], [4]], { dtype: "float64" });
  const cell = checkpoint((h: Tensor, x: Tensor) => h.add(x.unsqueeze(0).matmul(w)).tanh());
  await expectFlatHeap(
    () => {
      const start = tensor([[0, 0]], { dtype: "float64" });
      const step = (h: Tensor, x: Tensor): [Tensor, null] => [cell(h, x) as Tensor, null];
      const [last] = scan(step, start, xs);
      w.zeroGrad();
      (last as Tensor).square().sum().backward();
      w.assign(w.sub(w.grad!.mul(0.01)));
    },
    // A step that kept a single node would add a megabyte.
    { steps: 20_000, margin: 2 ** 18 },
  );
});
