import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tasks, train } from "./tasks/tasks.js";

// `npm run tasks` trains the same in PyTorch, on the same rows, and keeps its scores.
const torch = JSON.parse(
  readFileSync(new URL("tasks/torch.json", import.meta.url), "utf8"),
) as Readonly<Record<string, readonly number[]>>;

/** What has to be reached whatever PyTorch reaches. */
const least: Readonly<Record<string, number>> = { digits: 0.97, "digits-conv": 0.985 };

describe("real tasks reach what PyTorch reaches", () => {
  it.each(Object.entries(tasks))("%s", { timeout: 1_200_000 }, async (name, task) => {
    const scores: number[] = [];
    for (let seed = 0; seed < 5; seed++) scores.push(await train(task, seed));
    const mean = scores.reduce((a, b) => a + b) / scores.length;
    const peer = torch[name]!;
    expect(peer).toHaveLength(5);
    if (task.isShare) expect(mean).toBeGreaterThanOrEqual(Math.min(...peer));
    else expect(mean).toBeLessThanOrEqual(Math.max(...peer));
    expect(mean).toBeGreaterThanOrEqual(least[name] ?? 0);
  });
});
