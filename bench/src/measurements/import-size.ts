import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { OURS } from "../harness/names.js";
import type { Row, Section } from "../harness/result.js";
import { median } from "../harness/statistics.js";

const BUNDLE = "peers/dist/autograd.js";
const PROCESSES = 9;

function timeImport(): number {
  const script = `const start = performance.now();
    await import(${JSON.stringify(`${process.cwd()}/${BUNDLE}`)});
    console.log(performance.now() - start);`;
  const args = ["--input-type=module", "--eval", script];
  return Number(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

/** All of autograd, minified into one file: how long Node takes to import it, and its size. */
export const importSize: Section = {
  id: "import",
  title: "import of autograd",
  async run() {
    const row = (title: string, unit: "ms" | "KB", value: number, bounds: object): Row =>
      ({ id: "import", title, subject: OURS, unit, value, ...bounds }) as Row;
    const size = gzipSync(readFileSync(BUNDLE), { level: 9 }).length / 1000;
    const times = Array.from({ length: PROCESSES }, timeImport);
    const rows = [
      row("autograd, import", "ms", median(times), { target: 20 }),
      row("autograd, minified and gzipped", "KB", size, { target: 60, stretch: 45 }),
    ];
    return { timings: [], rows };
  },
};
