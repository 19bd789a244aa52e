import { key, normal } from "@neurite/autograd";
import { test } from "vitest";
import { expectFlatHeap } from "../../autograd/test/support/heap.js";
import { Adam, Dense, Dropout, mse, Sequential } from "../src/index.js";

test("five thousand training steps of a network", async () => {
  const model = new Sequential(
    new Dense({ inputs: 4, units: 16, activation: (z) => z.relu() }),
    new Dropout({ p: 0.5 }),
    new Dense({ inputs: 16, units: 1 }),
  );
  const optimizer = new Adam(model.parameters(), { learningRate: 0.01 });
  const [x, y] = [normal(key(0), [32, 4]), normal(key(1), [32, 1])];
  await expectFlatHeap(
    () => {
      optimizer.zeroGrad();
      mse(model.apply(x), y).backward();
      optimizer.step();
    },
    // A step that kept its activations would add 5 MB or more.
    { steps: 5_000, margin: 2 ** 18 },
  );
});
