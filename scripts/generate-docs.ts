/**
 * `npm run docs` writes the documents that are made from the code; with `--check` it writes nothing
 * and fails if one of them is out of date.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as ops from "../packages/autograd/src/ops/index.js";

const check = process.argv.includes("--check");
let stale = 0;

function publish(path: string, text: string): void {
  const file = new URL(`../${path}`, import.meta.url);
  let present = "";
  try {
    present = readFileSync(file, "utf8");
  } catch {
    // A document that is not there yet is out of date.
  }
  if (present === text) return;
  if (!check) writeFileSync(file, text);
  console.log(`${path}: ${check ? "out of date, run npm run docs" : "written"}`);
  stale += 1;
}

/** The sentence above the op in its own file. */
function sentenceOf(name: string): string {
  const source = readFileSync(
    new URL(`../packages/autograd/src/ops/${name}.ts`, import.meta.url),
    "utf8",
  );
  const comment = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s*export const ${name}\\b`).exec(
    source,
  );
  if (!comment) throw new Error(`ops/${name}.ts: the op has no docstring`);
  return comment[1]!.replace(/\s*\n\s*\*\s?/g, " ").trim();
}

function opsTable(): string {
  const rows = Object.entries(ops).map(([name, { family, formula }]) => {
    const derivative = formula.vjp.join("; ") || "none";
    const cells = [`\`${name}\``, sentenceOf(name), formula.forward, derivative, family];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return `<!-- Made by npm run docs from packages/autograd/src/ops; do not edit. -->

# The primitives

Every operation of the graph is one of these ${rows.length}. The cotangent of \`x\` is \`x̄\`:
the gradient of the loss by it. A derivative is written with the same operations, so it can be
differentiated again.

| op | what it computes | forward | derivative | family |
|---|---|---|---|---|
${rows.join("\n")}
`;
}

/** The picture in the README, as its example draws it. A fresh process renders the same bytes. */
function neuronPicture(): string {
  const folder = mkdtempSync(join(tmpdir(), "neurite-docs-"));
  const tsx = fileURLToPath(new URL("../node_modules/.bin/tsx", import.meta.url));
  const example = fileURLToPath(new URL("../examples/src/02-one-neuron.ts", import.meta.url));
  execFileSync(tsx, ["--conditions=neurite-src", example], { cwd: folder });
  return readFileSync(join(folder, "out/one-neuron.svg"), "utf8");
}

publish("docs/ops.md", opsTable());
publish("docs/images/neuron.svg", neuronPicture());
if (check && stale > 0) process.exitCode = 1;
