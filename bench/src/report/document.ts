import { existsSync, readFileSync } from "node:fs";
import type { Result, Row } from "../harness/result.js";
import { type Report, write } from "./results.js";
import { bound, comparison, milliseconds, quantity, verdict } from "./words.js";

const BEGIN = "<!-- measured: npm run bench -- --write -->";
const END = "<!-- end of what was measured -->";

/** Puts the tables between the markers of a page; makes the page if there is none. */
export function writeDocument(path: string, report: Report): void {
  const page = existsSync(path)
    ? readFileSync(path, "utf8")
    : `# Performance\n\n${BEGIN}\n${END}\n`;
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${path} lacks the lines\n${BEGIN}\n${END}`);
  write(path, `${page.slice(0, from)}${BEGIN}\n\n${tables(report)}\n${page.slice(to)}`);
}

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function tables({ machine, peers, results }: Report): string {
  const { cpu, cores, node, commit, load, peak, bandwidth } = machine;
  const days = results.map(({ date }) => date.slice(0, 10)).sort();
  const when = [...new Set([days[0], days.at(-1)])].join(" to ");
  const rates = Object.entries(bandwidth).map(([size, rate]) => `${rate} GB/s at ${size}`);
  const versions = Object.entries(peers).map(([name, version]) => `${name} ${version}`);
  return `Measured on ${when}, last at ${commit}: ${cpu}, ${cores} cores, Node ${node},
load ${load} before. WASM SIMD peak ${peak} GFLOP/s; triad ${rates.join(", ")}.
Beside ${versions.join(", ")}.

## Targets

${targets(results.flatMap(({ rows }) => rows))}

## Times of all

Median time of a run.

${times(results)}
`;
}

const marks = { stretch: "yes, stretch", met: "yes", missed: "**no**" } as const;

const targets = (rows: readonly Row[]): string =>
  table(
    ["workload", "", "target", "stretch", "measured", "met"],
    rows.map((row) => [
      `${row.id}: ${row.title}`,
      comparison(row),
      bound(row, row.target),
      bound(row, row.stretch),
      quantity(row, row.value),
      marks[verdict(row)],
    ]),
  );

/** A workload a line: who took how long. */
const times = (results: readonly Result[]): string =>
  table(
    ["workload", "median time of a run"],
    results
      .filter(({ timings }) => timings.length > 0)
      .map(({ id, title, timings }) => [
        `${id}: ${title}`,
        timings.map(({ name, ms }) => `${name} ${milliseconds(ms)}`).join(", "),
      ]),
  );
