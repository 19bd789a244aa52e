import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const root = new URL("../../", import.meta.url);
const folder = new URL("../.readme/", import.meta.url);

const read = (path: string) => readFileSync(new URL(path, root), "utf8");

/** The programs of a README, and the output that stands right below one. */
function programsOf(path: string) {
  const blocks = read(path).matchAll(/```ts\n([\s\S]*?)```(?:\n\n```\n([\s\S]*?)```)?/g);
  return Array.from(blocks, ([, code, output], i) => ({
    name: `${path} ${i + 1}`,
    code: code!,
    output,
    file: new URL(`${path.replaceAll("/", "-")}-${i}.ts`, folder),
  }));
}

const programs = ["README.md", "packages/autograd/README.md", "packages/viz/README.md"].flatMap(
  programsOf,
);

beforeEach(() => {
  mkdirSync(folder, { recursive: true });
  process.chdir(mkdtempSync(join(tmpdir(), "neurite-readme-")));
});

afterEach(() => {
  vi.restoreAllMocks();
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the programs in the READMEs run, and print what stands below them", () => {
  it.each(programs)("$name", async ({ code, output, file }) => {
    let printed = "";
    vi.spyOn(console, "log").mockImplementation((text = "") => {
      printed += `${text}\n`;
    });
    writeFileSync(file, code);
    await import(file.href);
    if (output !== undefined) expect(printed).toBe(output);
  });
});

it("the op that CONTRIBUTING shows is the one in its file", () => {
  expect(read("CONTRIBUTING.md")).toContain(read("packages/autograd/src/ops/sin.ts"));
});
