import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { expect, it, vi } from "vitest";
import { poolOf } from "../../src/compile/runtime/threads.js";
import * as library from "../../src/index.js";
import { steps } from "../support/threaded-steps.js";

const { gc } = globalThis;

it("workers end with the last compiled function, and start again", {
  timeout: 120_000,
}, async () => {
  const ends = vi.spyOn(Worker.prototype, "terminate");
  const ready = async () => {
    while (!poolOf(3).isReady) await setTimeout(2);
  };
  const use = async () => {
    const step = library.compile(steps["a perceptron"]!(library).run, { threads: 3 });
    const first = step().item();
    await ready();
    return [first, step().item(), step().item()];
  };
  const losses = await use();
  while (poolOf(3).isReady) {
    gc!();
    await setTimeout(10);
  }
  expect(await Promise.all(ends.mock.results.map(({ value }) => value))).toEqual([1, 1]);
  expect(await use()).toEqual(losses);
  ends.mockRestore();
});
