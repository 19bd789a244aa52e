import { execFileSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { peakRate } from "./peak.js";
import { bandwidth } from "./triad.js";

/** Where and when something was measured, and what the machine could do then. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly v8: string;
  readonly commit: string;
  readonly date: string;
  /** Processes that wanted to run just before, on average over a minute: what else was going on. */
  readonly load: number;
  /** GFLOP/s of mul + add in float32 SIMD registers. */
  readonly peak: number;
  /** GB/s of the triad, by the size of its working set. */
  readonly bandwidth: { readonly [size: string]: number };
}

const SIZES = { "256 KB": 2 ** 18, "4 MB": 2 ** 22, "64 MB": 2 ** 26 };

export function describeMachine(): Machine {
  const { node, v8 } = process.versions;
  const models = cpus();
  const rounded = (value: number) => Math.round(value * 10) / 10;
  const rates = Object.entries(SIZES).map(([size, bytes]) => [size, rounded(bandwidth(bytes))]);
  return {
    cpu: models[0]!.model.trim(),
    cores: models.length,
    node,
    v8,
    commit: commitHash(),
    date: new Date().toISOString(),
    load: rounded(loadavg()[0]!),
    peak: rounded(peakRate()),
    bandwidth: Object.fromEntries(rates),
  };
}

function commitHash(): string {
  try {
    return execFileSync("git", ["describe", "--always", "--dirty"], { encoding: "utf8" }).trim();
  } catch {
    return "unknown";
  }
}
