import { key } from "@neurite/autograd";
import { describe, expect, it, vi } from "vitest";
import { type FitOptions, fit, mae, saveCheckpoints, type TrainingState } from "../../src/index.js";
import * as node from "../../src/node.js";
import { linear, plane } from "../support/regression.js";
import { MemoryStream } from "../support/stream.js";

async function report(isTTY: boolean, options: Partial<FitOptions> = {}, lines?: number) {
  const stream = new MemoryStream(isTTY);
  const { model, ...learner } = linear();
  await fit(model, {
    ...plane(6),
    ...learner,
    epochs: 3,
    key: key(1),
    progress: node.consoleProgress({ stream, ...(lines && { lines }) }),
    ...options,
  }).catch(() => {});
  return stream.text;
}

describe("where there is no terminal, progress", () => {
  it("is a line an epoch, with the numbers", async () => {
    const text = await report(false, { metrics: { mae }, validation: plane(3, 7) });
    const number = "\\d[\\d.e+-]*";
    const line = (epoch: number) =>
      `epoch ${epoch}/3  loss ${number}  mae ${number}  ` +
      `validation loss ${number}  validation mae ${number}  \\d\\.\\d\\d s\n`;
    expect(text).toMatch(new RegExp(`^${line(1)}${line(2)}${line(3)}$`));
  });

  it("is about ten lines for a long run, the first and the last among them", async () => {
    const lines = (await report(false, { epochs: 100 })).trimEnd().split("\n");
    expect(lines.map((line) => Number(/epoch +(\d+)/.exec(line)![1]))).toEqual([
      1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100,
    ]);
    expect((await report(false, { epochs: 100 }, 2)).trimEnd().split("\n")).toHaveLength(3);
  });

  it("ends with the epoch that was the last", async () => {
    const callbacks = [
      { onEpoch: ({ epoch }: { epoch: number }) => (epoch === 7 ? ("stop" as const) : undefined) },
    ];
    const lines = (await report(false, { epochs: 100, callbacks })).trimEnd().split("\n");
    expect(lines.map((line) => line.slice(0, 13))).toEqual([
      "epoch   1/100",
      "epoch   7/100",
      "stopped after",
    ]);
  });

  it("has no control characters", async () => {
    expect(await report(false)).not.toContain("\x1b");
  });
});

describe("on a terminal, progress", () => {
  it("is a bar with epoch, rate, time left and loss", async () => {
    const text = await report(true, { validation: plane(3, 7) });
    expect(text).toContain("\x1b[");
    expect(text).toMatch(/epoch 3\/3 \[={20}\] 100% \| [\d.]+ steps\/s \| ETA 0s/);
    expect(text).toMatch(/ETA 0s \| loss [\d.]+ {2}validation loss [\d.]+/);
    expect(text.endsWith("\n")).toBe(true);
  });

  it("begins where a resumed run left off, and says how a run ended", async () => {
    const states: TrainingState[] = [];
    const controller = new AbortController();
    const { signal } = controller;
    const abort = { onStep: ({ step }: { step: number }) => step === 4 && controller.abort() };
    const saving = saveCheckpoints({ save: (state) => void states.push(state) });
    const first = await report(true, { batchSize: 2, signal, callbacks: [abort as never, saving] });
    expect(first).toContain("interrupted after step 4\n");
    const resumed = await report(false, { batchSize: 2, resume: states.at(-1)! });
    expect(resumed).toMatch(/^going on after step 4\nepoch 2\/3/);
  });

  it("ends cleanly after an error", async () => {
    const text = await report(true, { loss: (y) => y.sum().mul(Number.NaN) });
    expect(text).toContain("\x1b[?7h"); // line wrapping is on again
    expect(text.endsWith("\n")).toBe(true);
  });
});

describe("by default", () => {
  const run = (fitting: typeof fit, progress: Partial<FitOptions> = {}) => {
    const { model, ...learner } = linear();
    return fitting(model, { ...plane(6), ...learner, epochs: 1, key: key(1), ...progress });
  };

  it("fit writes lines on the console", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    await run(fit);
    expect(log.mock.calls.flat()).toEqual([expect.stringMatching(/^epoch 1\/1 {2}loss/)]);
    await run(fit, { progress: false });
    expect(log).toHaveBeenCalledTimes(1);
    log.mockRestore();
  });

  it("fit under Node writes to the standard output", async () => {
    const write = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
    await run(node.fit);
    const text = write.mock.calls.flat().join("");
    write.mockClear();
    await run(node.fit, { progress: false });
    expect(write).not.toHaveBeenCalled();
    write.mockRestore();
    expect(text).toMatch(/epoch 1\/1/);
  });
});
