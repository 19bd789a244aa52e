// A program that trains for long, for tests to interrupt; its argument is the checkpoint's path.
import { key } from "@neurite/autograd";
import { fit, saveCheckpoints } from "../../src/node.js";
import { linear, plane } from "./regression.js";

const [path = ""] = process.argv.slice(2);
const { model, ...learner } = linear({ learningRate: 0.01 });
await fit(model, {
  ...plane(8),
  ...learner,
  key: key(3),
  epochs: 400,
  batchSize: 2,
  callbacks: [
    saveCheckpoints({ path, every: 1000 }),
    { onStep: () => new Promise((resolve) => setTimeout(resolve, 5)) },
  ],
});
console.log("fit has returned");
