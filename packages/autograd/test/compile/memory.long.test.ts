import { expect, test } from "vitest";
import { engineMemory } from "../../src/compile/runtime/engine.js";
import { compile, scalar, type Tensor, tensor, variable } from "../../src/index.js";
import { expectFlatHeap } from "../support/heap.js";

/** Finalizers run after a macrotask, and what they let go is collected by the next round. */
async function collect(): Promise<void> {
  for (let round = 0; round < 5; round++) {
    globalThis.gc!();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Compiles a function that nothing else equals, and runs it. */
function compileOne(i: number): void {
  const w = variable(new Float32Array(1000).fill(i));
  const step = compile((x: Tensor) => {
    const loss = x.mul(w).add(i).square().sum();
    loss.backward();
    w.assign(w.sub(w.grad!.mul(0.01)));
    w.zeroGrad();
    return loss;
  });
  step(tensor(new Float32Array(1000)));
}

test("a thousand compiled functions, dropped, give their memory back", async () => {
  for (let i = 0; i < 10; i++) compileOne(i);
  await collect();
  const { used } = engineMemory();
  const { byteLength } = engineMemory().memory.buffer;
  for (let i = 0; i < 1000; i++) {
    compileOne(i);
    if (i % 100 === 99) await collect();
  }
  await collect();
  expect(engineMemory().used).toBeLessThanOrEqual(used);
  // A hundred functions at a time: their memory was used again.
  expect(engineMemory().memory.buffer.byteLength - byteLength).toBeLessThan(200 * 20_000);
});

test("a million steps of a compiled neuron", async () => {
  const [w, b] = [scalar(0.5, { label: "w" }), scalar(0, { label: "b" })];
  const step = compile((x: Tensor) => {
    const loss = w.mul(x).add(b).tanh().sub(0.25).square();
    loss.backward();
    for (const parameter of [w, b]) {
      parameter.assign(parameter.sub(parameter.grad!.mul(0.01)));
      parameter.zeroGrad();
    }
    return loss;
  });
  const x = tensor(2, { dtype: "float64" });
  step(x);
  const { used } = engineMemory();
  const { byteLength } = engineMemory().memory.buffer;
  // A step that kept a single pointer would add 4 MB.
  await expectFlatHeap(() => void step(x), { steps: 1_000_000, margin: 2 ** 19 });
  expect(engineMemory().used).toBeLessThanOrEqual(used);
  expect(engineMemory().memory.buffer.byteLength).toBe(byteLength);
});
