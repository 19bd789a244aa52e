/** A program that ends while its workers wait: it prints whether they did, and when it was done. */
import { setTimeout } from "node:timers/promises";
import { poolOf } from "../../src/compile/runtime/threads.js";
import * as library from "../../src/index.js";
import { steps } from "./threaded-steps.js";

const { run } = steps["a perceptron"]!(library);
const step = library.compile(run, { threads: 2 });
step();
while (!poolOf(2).isReady) await setTimeout(5);
step();
// By now they sleep.
await setTimeout(20);
console.log(poolOf(2).isReady, Date.now());
