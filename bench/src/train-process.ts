/** A process that trains W3 for 300 steps, and prints the most memory it held, in KB. */
import { existsSync, readFileSync } from "node:fs";
import { compile } from "@neurite/autograd";
import { classifierStep } from "./workloads/w3-classifier.js";

/** Linux counts for maxRSS what the process that started this one held; its VmHWM begins anew. */
function peakMemory(): number {
  const status = "/proc/self/status";
  const line = existsSync(status) && /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(status, "utf8"));
  return line ? Number(line[1]) : process.resourceUsage().maxRSS;
}

const step = compile(classifierStep());
for (let i = 0; i < 300; i++) step().item();
console.log(JSON.stringify(peakMemory()));
