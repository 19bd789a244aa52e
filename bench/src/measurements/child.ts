import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Runs a bundled program in a process of its own; returns the JSON that it printed. */
export function runChild<T>(program: string, ...args: readonly string[]): T {
  const path = join("peers", "dist", `${program}.js`);
  const stdio: ["ignore", "pipe", "inherit"] = ["ignore", "pipe", "inherit"];
  const printed = execFileSync(process.execPath, [path, ...args], { encoding: "utf8", stdio });
  return JSON.parse(printed.trim().split("\n").at(-1)!) as T;
}
