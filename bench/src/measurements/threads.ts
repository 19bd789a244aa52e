import { availableParallelism } from "node:os";
import type { Measured, Section } from "../harness/result.js";
import { runChild } from "./child.js";

const section = (workload: "GEMM" | "W3", title: string): Section => ({
  id: "threads",
  title,
  async run() {
    if (availableParallelism() > 1) return runChild<Measured>("threads-process", workload);
    console.log("  two threads: this machine has one core, skipped");
    return { timings: [], rows: [] };
  },
});

/** Two threads beside one; says something only while both cores are free. */
export const threads: readonly Section[] = [
  section("GEMM", "GEMM 512 NN"),
  section("W3", "W3, MLP 784-256-128-10"),
];
