/** The benchmarks: all of them, or those named on the command line; `--write` writes the docs. */
import { existsSync, readFileSync } from "node:fs";
import type { Result, Section } from "./harness/result.js";
import { runWorkload } from "./harness/run-workload.js";
import type { Workload } from "./harness/workload.js";
import { describeMachine } from "./machine/machine.js";
import { accuracy } from "./measurements/accuracy.js";
import { compileTime } from "./measurements/compile-time.js";
import { importSize } from "./measurements/import-size.js";
import { memory } from "./measurements/memory.js";
import { specialFunctions } from "./measurements/special-functions.js";
import { threads } from "./measurements/threads.js";
import { endTorch, torchVersion } from "./peers/torch.js";
import { chart } from "./report/chart.js";
import { writeDocument } from "./report/document.js";
import { printMachine, printResult, printTable } from "./report/print.js";
import { merge, type Report, write } from "./report/results.js";
import { workloads } from "./workloads/index.js";

const asSection = (workload: Workload): Section => ({
  id: workload.id,
  title: workload.title,
  run: () => runWorkload(workload),
});

const sections: readonly Section[] = [
  ...workloads.map(asSection),
  accuracy,
  ...threads,
  compileTime,
  memory,
  importSize,
  specialFunctions,
];
const ids = [...new Set(sections.map(({ id }) => id))];

function choose(names: readonly string[]): readonly Section[] {
  const unknown = names.filter((name) => !ids.includes(name));
  if (unknown.length > 0) {
    throw new Error(`unknown: ${unknown.join(", ")}; choose from ${ids.join(", ")}`);
  }
  return names.length === 0 ? sections : sections.filter(({ id }) => names.includes(id));
}

function peerVersions(): Report["peers"] {
  const { dependencies } = JSON.parse(readFileSync("peers/package.json", "utf8")) as {
    dependencies: { [name: string]: string };
  };
  const installed = Object.entries(dependencies).filter(([name]) =>
    existsSync(`peers/node_modules/${name}`),
  );
  const torch = torchVersion();
  return { ...Object.fromEntries(installed), ...(torch ? { PyTorch: torch } : {}) };
}

async function runAll(chosen: readonly Section[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const { id, title, run } of chosen) {
    const date = new Date().toISOString();
    try {
      results.push({ id, title, date, ...(await run()) });
    } catch (error) {
      const failures = [(error as Error).message];
      results.push({ id, title, date, timings: [], rows: [], failures });
    }
    printResult(results.at(-1)!);
  }
  return results;
}

const args = process.argv.slice(2);
const chosen = choose(args.filter((arg) => !arg.startsWith("--")));
const machine = describeMachine();
printMachine(machine);
const results = await runAll(chosen);
const measured: Report = { machine, peers: peerVersions(), results };
endTorch();

printTable(results.flatMap(({ rows }) => rows));
const report = merge("results/latest.json", measured, ids);
write("results/latest.json", `${JSON.stringify(report, null, 2)}\n`);
write("results/ratios.svg", chart(report.results.flatMap(({ rows }) => rows)));
if (args.includes("--write")) writeDocument("../docs/performance.md", report);
process.exitCode = results.some(({ failures = [] }) => failures.length > 0) ? 1 : 0;
