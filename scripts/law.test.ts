import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { checkLaw } from "./law/check.js";
import type { Exception } from "./law/cycles.js";

const trees: string[] = [];
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true });
});

/** Writes the files into a fresh folder and returns what the law says of it. */
function lawOf(files: Record<string, string>, exceptions: Exception[] = []) {
  const root = mkdtempSync(join(tmpdir(), "neurite law "));
  trees.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const { violations } = checkLaw(root, exceptions);
  return violations.map(({ file, line, rule }) => `${file}:${line} ${rule}`);
}

const manifest = (...dependencies: string[]) =>
  JSON.stringify({
    exports: {
      ".": { "neurite-src": "./src/index.ts" },
      "./node": { "neurite-src": "./src/node.ts" },
    },
    dependencies: Object.fromEntries(dependencies.map((name) => [name, "workspace:*"])),
  });
const nn = { "packages/nn/package.json": manifest("@neurite/autograd", "@neurite/viz") };
const src = "packages/autograd/src";

describe("layers", () => {
  it("accepts imports that point down", () => {
    const file = `import { tensor } from "@neurite/autograd";\nimport { a } from "./a.js";\n`;
    expect(lawOf({ ...nn, "packages/nn/src/index.ts": file, "packages/nn/src/a.ts": "" })).toEqual(
      [],
    );
  });

  it.each([
    ["a value", `import { draw } from "@neurite/viz";`],
    ["a type", `import type { Drawing } from "@neurite/viz";`],
    ["a type in place", `export type D = import("@neurite/viz").Drawing;`],
    ["a subpath", `import { draw } from "@neurite/viz/node";`],
    ["a call", `export const viz = await import("@neurite/viz");`],
    ["a re-export", `export * from "@neurite/viz";`],
  ])("refuses %s imported sideways", (_, text) => {
    const found = lawOf({ ...nn, "packages/nn/src/index.ts": `\n${text}\n` });
    expect(found).toEqual(["packages/nn/src/index.ts:2 layers"]);
  });

  it("refuses a path into another package, and the own name from within", () => {
    const text = `import { x } from "../../autograd/src/x.js";\nimport { y } from "@neurite/nn";\n`;
    expect(lawOf({ ...nn, "packages/nn/src/index.ts": text, [`${src}/x.ts`]: "" })).toEqual([
      "packages/nn/src/index.ts:1 layers",
      "packages/nn/src/index.ts:2 layers",
    ]);
  });

  it("lets nothing import a leaf", () => {
    const text = `import { run } from "../../bench/src/run.js";\n`;
    expect(lawOf({ "examples/src/01.ts": text, "bench/src/run.ts": "" })).toEqual([
      "examples/src/01.ts:1 layers",
    ]);
  });

  it("knows the command line as the top package", () => {
    const all = ["autograd", "nn", "viz", "interop"].map((name) => `@neurite/${name}`);
    const cli = all.map((name) => `import "${name}";\n`).join("");
    const files = {
      "packages/cli/package.json": manifest(...all),
      "packages/cli/src/index.ts": cli,
      "packages/viz/package.json": manifest("neurite"),
      "packages/viz/src/index.ts": `import "neurite";\n`,
    };
    expect(lawOf(files)).toEqual(["packages/viz/src/index.ts:1 layers"]);
  });

  it("asks for a declared dependency", () => {
    const files = {
      "packages/nn/package.json": manifest(),
      "packages/nn/src/index.ts": `import { tensor } from "@neurite/autograd";\n`,
    };
    expect(lawOf(files)).toEqual(["packages/nn/src/index.ts:1 declared"]);
  });
});

describe("cycles", () => {
  const pair = {
    [`${src}/op.ts`]: `import type { Tensor } from "./tensor.js";\nexport type Op = Tensor;\n`,
    [`${src}/tensor.ts`]: `import type { Op } from "./op.js";\nexport type Tensor = Op;\n`,
  };
  const exception = { from: `${src}/op.ts`, to: `${src}/tensor.ts`, reason: "a pair of types" };

  it("finds a circle of values", () => {
    const files = {
      [`${src}/a.ts`]: `import "./b.js";\n`,
      [`${src}/b.ts`]: `import "./c.js";\n`,
      [`${src}/c.ts`]: `\nexport const a = await import("./a.js");\n`,
    };
    expect(lawOf(files)).toEqual([`${src}/c.ts:2 cycle`]);
  });

  it("finds a file that imports itself", () => {
    expect(lawOf({ [`${src}/a.ts`]: `import "./a.js";\n` })).toEqual([`${src}/a.ts:1 cycle`]);
  });

  it("finds a circle of types that no exception lists", () => {
    expect(lawOf(pair)).toEqual([`${src}/op.ts:1 cycle of types`]);
    const other = { ...exception, from: `${src}/scope.ts` };
    expect(lawOf(pair, [other])).toContain(`${src}/op.ts:1 cycle of types`);
  });

  it("accepts the listed one, and circles that pass through it", () => {
    const add = `import type { Op } from "../op.js";\nexport type Add = Op;\n`;
    const tensor = `${pair[`${src}/tensor.ts`]}import "./ops/add.js";\n`;
    const files = { ...pair, [`${src}/ops/add.ts`]: add, [`${src}/tensor.ts`]: tensor };
    expect(lawOf(files, [exception])).toEqual([]);
  });

  it("refuses an exception that is no longer there", () => {
    const files = { ...pair, [`${src}/op.ts`]: "export type Op = 1;\n" };
    expect(lawOf(files, [exception])).toEqual([`${src}/op.ts:1 exception`]);
  });

  it.each(["import { Tensor }", "import { type Tensor }"])(
    "refuses an exception that became a value: %s",
    (imports) => {
      const op = `${imports} from "./tensor.js";\nexport type Op = Tensor;\n`;
      expect(lawOf({ ...pair, [`${src}/op.ts`]: op }, [exception])).toEqual([
        `${src}/op.ts:1 exception`,
        `${src}/tensor.ts:1 cycle of types`,
      ]);
    },
  );
});

describe("the shape of files", () => {
  it("keeps sources under 300 lines", () => {
    expect(lawOf({ [`${src}/a.ts`]: "\n".repeat(299) })).toEqual([]);
    expect(lawOf({ [`${src}/a.ts`]: "\n".repeat(300) })).toEqual([`${src}/a.ts:300 length`]);
  });

  it("keeps lines within 100 columns, but for the snapshots of tests", () => {
    const comment = (width: number) => `\n//${"x".repeat(width - 2)}\n`;
    expect(lawOf({ [`${src}/a.ts`]: comment(100) })).toEqual([]);
    expect(lawOf({ [`${src}/a.ts`]: comment(101) })).toEqual([`${src}/a.ts:2 width`]);
    expect(lawOf({ "packages/nn/test/a.ts": comment(101) })).toEqual([]);
  });

  it("has no utils", () => {
    expect(lawOf({ "packages/nn/test/utils.ts": "" })).toEqual([
      "packages/nn/test/utils.ts:1 name",
    ]);
  });

  it.each([`export * from "../x.js";`, `import { x } from "../x.js";\nexport { x };`])(
    "re-exports only in entries and the registry of ops: %s",
    (text) => {
      const line = text.split("\n").length;
      const files = { ...nn, "packages/nn/src/x.ts": "", [`${src}/x.ts`]: "" };
      const layers = `packages/nn/src/layers/index.ts`;
      expect(lawOf({ ...files, [layers]: text })).toEqual([`${layers}:${line} re-export`]);
      expect(lawOf({ ...files, [`${src}/ops/index.ts`]: text })).toEqual([]);
      expect(lawOf({ ...files, "packages/nn/src/node.ts": text.replace("..", ".") })).toEqual([]);
    },
  );

  it("keeps ops apart, but for what their family shares", () => {
    const files = {
      [`${src}/ops/index.ts`]: `import "./add.js";\nimport "./mul.js";\n`,
      [`${src}/families/binary.ts`]: "",
      [`${src}/ops/add.ts`]: `import "../families/binary.js";\nimport "./mul.js";\n`,
      [`${src}/ops/mul.ts`]: "",
    };
    expect(lawOf(files)).toEqual([`${src}/ops/add.ts:2 op`]);
  });
});
