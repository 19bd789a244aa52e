// Trains every task five times here and, where python3 has torch, in PyTorch on the same rows:
// `npm run tasks [-- digits]`. `--write` keeps PyTorch's scores in torch.json.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Tensor } from "@neurite/autograd";
import type { TaskData } from "./data.js";
import { type Task, tasks, train } from "./tasks.js";

const SEEDS = [0, 1, 2, 3, 4];

type Scores = Readonly<Record<string, readonly number[]>>;

const packed = (x: Tensor) => ({
  dtype: x.dtype,
  shape: x.shape,
  data: Array.from(x.toTypedArray()),
});

const written = ({ unit, ...tensors }: TaskData) => ({
  unit,
  ...Object.fromEntries(Object.entries(tensors).map(([name, x]) => [name, packed(x)])),
});

/** PyTorch's scores on these rows; null where it cannot be had. */
function trainInTorch(chosen: readonly [string, Task][]): Scores | null {
  const folder = mkdtempSync(join(tmpdir(), "neurite-tasks-"));
  try {
    for (const [name, task] of chosen) {
      const rows = SEEDS.map((seed) => written(task.data(seed)));
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(rows));
    }
    const script = fileURLToPath(new URL("tasks.py", import.meta.url));
    const { status, stdout, stderr } = spawnSync("python3", [script, folder], {
      encoding: "utf8",
    });
    if (status !== 0) {
      console.log(`no PyTorch here: ${stderr?.trim().split("\n").at(-1) ?? "no python3"}`);
      return null;
    }
    const lines = stdout.trim().split("\n");
    return Object.fromEntries(lines.map((line) => Object.values(JSON.parse(line))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const file = new URL("torch.json", import.meta.url);
const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith("--"));
const chosen = Object.entries(tasks).filter(([name]) => names.length === 0 || names.includes(name));
const kept = JSON.parse(readFileSync(file, "utf8")) as Scores;
const torch = { ...kept, ...trainInTorch(chosen) };
if (args.includes("--write")) writeFileSync(file, `${JSON.stringify(torch, null, 2)}\n`);

const show = (scores: readonly number[]): string => {
  const digits = scores[0]! < 2 ? 4 : scores[0]! < 100 ? 3 : 0;
  const mean = scores.reduce((a, b) => a + b) / scores.length;
  const [least, most] = [Math.min(...scores), Math.max(...scores)];
  return `${mean.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
};

console.log("task            neurite, five seeds           PyTorch, five seeds");
for (const [name, task] of chosen) {
  const scores: number[] = [];
  for (const seed of SEEDS) scores.push(await train(task, seed));
  const cells = [name.padEnd(14), show(scores).padEnd(28), torch[name] ? show(torch[name]) : "–"];
  console.log(cells.join("  "));
}
