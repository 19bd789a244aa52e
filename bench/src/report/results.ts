import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Result } from "../harness/result.js";
import type { Machine } from "../machine/machine.js";

/** What results/latest.json holds. */
export interface Report {
  readonly machine: Machine;
  readonly peers: { readonly [name: string]: string };
  readonly results: readonly Result[];
}

const same = (a: Result, b: Result) => a.id === b.id && a.title === b.title;

/**
 * Puts what was measured now in the place of what was measured before: the other sections stay, if
 * they come from the same machine and Node. `order` is that of all sections.
 */
export function merge(path: string, report: Report, order: readonly string[]): Report {
  if (!existsSync(path)) return report;
  const before = JSON.parse(readFileSync(path, "utf8")) as Report;
  const sameMachine = (["cpu", "cores", "node"] as const).every(
    (field) => before.machine[field] === report.machine[field],
  );
  if (!sameMachine) return report;
  const kept = before.results.filter((old) => !report.results.some((now) => same(now, old)));
  const results = [...kept, ...report.results].sort(
    (a, b) => order.indexOf(a.id) - order.indexOf(b.id),
  );
  return { ...report, peers: { ...before.peers, ...report.peers }, results };
}

export function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
