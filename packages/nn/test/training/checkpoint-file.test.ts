import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { key } from "@neurite/autograd";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectSame } from "../../../autograd/test/support/close.js";
import type { TrainingCallback, TrainingState } from "../../src/index.js";
import * as node from "../../src/node.js";
import { linear, plane } from "../support/regression.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "neurite-"));
});
afterAll(() => rm(folder, { recursive: true }));

const quiet = { progress: false, key: key(1), epochs: 4, batchSize: 2 } as const;

async function train(options: Partial<node.NodeFitOptions> = {}) {
  const { model, ...learner } = linear();
  const history = await node.fit(model, { ...plane(6), ...learner, ...quiet, ...options });
  return { model, history };
}

describe("a checkpoint file", () => {
  it("holds the last state, and training goes on from it", async () => {
    const path = join(folder, "run.safetensors");
    const whole = await train();
    await train({ epochs: 2, callbacks: [node.saveCheckpoints({ path })] });
    const { model, history } = await train({ resume: path });
    expect(history.steps).toBe(12);
    expectSame(model.weight, whole.model.weight);
    expect(await readdir(folder)).toEqual(["run.safetensors"]);
  });

  it("is written as a whole or not at all", async () => {
    const path = join(folder, "kept.bin");
    await writeFile(path, "as it was");
    const broken = { tensors: { x: 1 } } as unknown as TrainingState;
    await expect(node.writeCheckpoint(path, broken)).rejects.toThrow();
    expect(await readFile(path, "utf8")).toBe("as it was");
    expect((await readdir(folder)).filter((name) => name.includes("tmp"))).toEqual([]);
    await expect(node.readCheckpoint(path)).rejects.toThrow(`${path} has 9 bytes`);
  });

  it("that is not there is named", async () => {
    const path = join(folder, "missing");
    await expect(train({ resume: path })).rejects.toThrow(`readCheckpoint: ${path} cannot be read`);
  });
});

it("log files begin anew with a run, and are complete after a resumed one", async () => {
  const [csv, json, path] = ["log.csv", "log.jsonl", "log.ckpt"].map((name) => join(folder, name));
  const logs = () => [node.csvLog({ path: csv! }), node.jsonLog({ path: json! })];
  const lines = async (file: string) => (await readFile(file, "utf8")).trimEnd().split("\n");
  await train({ epochs: 3, callbacks: logs() });
  await train({ epochs: 2, callbacks: [...logs(), node.saveCheckpoints({ path: path! })] });
  expect(await lines(csv!)).toHaveLength(3);
  await train({ resume: path!, callbacks: logs() });
  expect((await lines(csv!)).map((line) => line.split(",")[0])).toEqual([
    "epoch",
    "1",
    "2",
    "3",
    "4",
  ]);
  expect((await lines(json!)).map((line) => JSON.parse(line).event)).toEqual([
    "start",
    ...Array(4).fill("epoch"),
    "end",
  ]);
});

describe("Ctrl-C", () => {
  const interruptAt = (at: number): TrainingCallback => ({
    onStep: ({ step }) => void (step === at && process.emit("SIGINT")),
  });

  it("finishes the step, saves, says how to go on and returns when asked to", async () => {
    const path = join(folder, "stopped.ckpt");
    const said: string[] = [];
    const saving = node.saveCheckpoints({ path, every: 9, write: (line) => void said.push(line) });
    const callbacks = [interruptAt(5), saving];
    const { history } = await train({ callbacks, interrupt: "return" });
    expect(history).toMatchObject({ steps: 5, interrupted: true });
    expect(history.epochs).toHaveLength(1);
    expect(said).toEqual([
      `saved after step 5; go on with fit(model, { ..., resume: ${JSON.stringify(path)} })`,
    ]);
    expect(process.listenerCount("SIGINT")).toBe(0);
    const whole = await train();
    const resumed = await train({ resume: path });
    expectSame(resumed.model.weight, whole.model.weight);
  });

  it("is left to others when that is wanted", async () => {
    let heard = 0;
    const listener = () => heard++;
    process.on("SIGINT", listener);
    const { history } = await train({ callbacks: [interruptAt(5)], interrupt: false });
    expect(history).toMatchObject({ steps: 12, interrupted: false });
    await train({ callbacks: [interruptAt(2)] });
    process.off("SIGINT", listener);
    expect(heard).toBe(2);
  });

  it("ends a program in good order, which then goes on in the same bits", async () => {
    const script = fileURLToPath(new URL("../support/interrupted.ts", import.meta.url));
    const path = join(folder, "program.ckpt");
    const options = ["--conditions=neurite-src", "--import", "tsx", script, path];
    const child = spawn(process.execPath, options);
    let text = "";
    const hear = (data: unknown) => {
      if (text === "") child.kill("SIGINT");
      text += data;
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    const [, signal] = await once(child, "close");
    expect(signal).toBe("SIGINT");
    expect(text).toMatch(/interrupted after step \d+\nsaved after step \d+; go on with/);
    expect(text).not.toContain("fit has returned");
    const settings = { ...plane(8), ...quiet, key: key(3), epochs: 400 };
    const [resumed, whole] = [linear({ learningRate: 0.01 }), linear({ learningRate: 0.01 })];
    for (const [{ model, ...learner }, more] of [
      [resumed, { resume: path }],
      [whole, {}],
    ] as const) {
      await node.fit(model, { ...settings, ...learner, ...more });
    }
    expectSame(resumed.model.weight, whole.model.weight);
  }, 60_000);
});
