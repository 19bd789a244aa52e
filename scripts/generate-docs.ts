/**
 * `npm run docs` writes what is made from the code: documents, and the special functions as they
 * are printed. With `--check` it writes nothing and fails if a file is out of date.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { printedFunctions } from "./special/files.js";

const check = process.argv.includes("--check");
let stale = 0;

function publish(path: string, text: string): void {
  const file = new URL(`../${path}`, import.meta.url);
  let present = "";
  try {
    present = readFileSync(file, "utf8");
  } catch {
    // A file that is not there yet is out of date.
  }
  if (present === text) return;
  if (!check) writeFileSync(file, text);
  console.log(`${path}: ${check ? "out of date, run npm run docs" : "written"}`);
  stale += 1;
}

for (const { path, text } of printedFunctions()) publish(path, text);

// The ops import what was just printed.
const { opsDocument } = await import("./docs/ops.js");
const { stagesDocument } = await import("./docs/stages.js");

/** The picture in the README, as its example draws it. A fresh process renders the same bytes. */
function neuronPicture(): string {
  const folder = mkdtempSync(join(tmpdir(), "neurite-docs-"));
  const tsx = fileURLToPath(new URL("../node_modules/.bin/tsx", import.meta.url));
  const example = fileURLToPath(new URL("../examples/src/02-one-neuron.ts", import.meta.url));
  execFileSync(tsx, ["--conditions=neurite-src", example], { cwd: folder });
  return readFileSync(join(folder, "out/one-neuron.svg"), "utf8");
}

publish("docs/ops.md", opsDocument());
publish("packages/autograd/src/compile/README.md", stagesDocument());
publish("docs/images/neuron.svg", neuronPicture());
if (check && stale > 0) process.exitCode = 1;
