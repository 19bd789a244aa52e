import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { renderGraphFromSource } from "graphviz-cli";

export type Engine = "dot" | "neato";

interface LayoutOptions {
  readonly engine: Engine;
  readonly timeoutMs?: number | undefined;
}

/** Graphviz's own SVG of an ASCII text. With a time limit it runs in a process of its own. */
export async function layOut(dot: string, { engine, timeoutMs }: LayoutOptions): Promise<string> {
  // Without input graphviz-cli would wait for stdin.
  if (dot.trim() === "") throw new Error("there is no DOT text to draw");
  if (timeoutMs !== undefined) return layOutApart(dot, engine, timeoutMs);
  return renderGraphFromSource({ input: dot }, { engine, format: "svg" });
}

/** A layout cannot be cancelled; a process can be ended. */
function layOutApart(dot: string, engine: Engine, timeoutMs: number): Promise<string> {
  const main = createRequire(import.meta.url).resolve("graphviz-cli");
  const command = join(dirname(main), "..", "bin", "graphviz.cjs");
  const child = spawn(process.execPath, [command, "-Tsvg", `-K${engine}`]);
  return new Promise((resolve, reject) => {
    const read = { output: "", errors: "" };
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, timeoutMs);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      read.output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      read.errors += text;
    });
    child.stdin.on("error", () => {}); // the process ended before it read everything
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      if (isLate) reject(new Error(`the layout took longer than ${timeoutMs} ms and was ended`));
      else if (code === 0) resolve(read.output);
      else reject(new Error(read.errors.trim() || `graphviz ended with code ${code}`));
    });
    child.stdin.end(dot);
  });
}
