import type { Result, Row } from "../harness/result.js";
import type { Machine } from "../machine/machine.js";
import { textTable } from "./text-table.js";
import { bound, comparison, digits, milliseconds, quantity, verdict } from "./words.js";

const NOISY = 0.15;

const noise = (spread: number | undefined): string =>
  spread === undefined || !(spread > NOISY) ? "" : `±${digits((spread * 100) / 2)} %`;

export function printMachine(machine: Machine): void {
  const { cpu, cores, node, v8, load, peak, bandwidth } = machine;
  console.log(`${cpu}, ${cores} cores, Node ${node} (V8 ${v8}), load before ${load}`);
  const rates = Object.entries(bandwidth).map(([size, rate]) => `${rate} at ${size}`);
  console.log(`WASM SIMD peak ${peak} GFLOP/s; triad, GB/s: ${rates.join(", ")}\n`);
}

/** Everyone's time, as soon as it is known. */
export function printResult({ id, title, timings, rows, failures = [] }: Result): void {
  console.log(`${id}  ${title}`);
  for (const failure of failures) console.log(`  FAILED: ${failure}`);
  const lines = timings.map(({ name, ms, spread, apart }) => [
    `  ${name}`,
    milliseconds(ms),
    noise(spread),
    apart === undefined ? "" : apart === 0 ? "same bits" : `apart ${apart.toExponential(0)}`,
  ]);
  if (lines.length > 0) console.log(textTable(lines, 1));
  for (const row of rows) {
    const what = row.title === title ? [] : [row.title];
    const said = [quantity(row, row.value), comparison(row), bound(row, row.target)];
    console.log(`  → ${[...what, ...said].filter(Boolean).join(" ")}: ${verdict(row)}`);
  }
  console.log();
}

/** The table of targets. */
export function printTable(rows: readonly Row[]): void {
  if (rows.length === 0) return;
  const head = ["", "", "", "ours", "theirs", "measured", "noise", "target", "stretch", "met"];
  const lines = rows.map((row) => [
    row.id,
    row.title,
    comparison(row),
    milliseconds(row.ours),
    milliseconds(row.theirs),
    quantity(row, row.value),
    noise(row.spread),
    bound(row, row.target),
    bound(row, row.stretch),
    verdict(row),
  ]);
  console.log(textTable([head, ...lines], 3));
  const met = rows.filter((row) => verdict(row) !== "missed").length;
  console.log(`\n${met} of ${rows.length} targets met`);
}
