import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { Source } from "./sources.js";
import type { Violation } from "./violation.js";

const longest = 299;
const ops = "packages/autograd/src/ops/";
const isOp = (path: string) => path.startsWith(ops) && path !== `${ops}index.ts`;

/** Length, names, re-exports, and ops that stay apart from each other. */
export function checkShape(root: string, sources: Source[]): Violation[] {
  return sources.flatMap((source) => {
    const { path, area, lines, wide, imports, reexports } = source;
    const at = (line: number, rule: string, problem: string, remedy: string) => ({
      file: path,
      line,
      rule,
      problem,
      remedy,
    });
    const inSource = path.startsWith("packages/") && path.startsWith(`${area}/src/`);
    const found: Violation[] = [];

    // The list of what a package offers is as long as what it offers.
    const isList = path.endsWith("/src/index.ts");
    if (inSource && !isList && lines > longest) {
      found.push(
        at(lines, "length", `has ${lines} lines, the most is ${longest}`, "Split it by idea."),
      );
    }
    for (const line of path.includes("/test/") ? [] : wide) {
      found.push(at(line, "width", "is wider than 100 columns", "Break it."));
    }
    if (/^utils?\./.test(posix.basename(path))) {
      found.push(
        at(1, "name", "says nothing about what is inside", "Name the file after its one idea."),
      );
    }
    if (inSource && !isEntry(root, source)) {
      for (const line of reexports) {
        const remedy =
          "Import from the file that defines it, or export it from the package's entry.";
        found.push(at(line, "re-export", "passes on what another file defines", remedy));
      }
    }
    for (const { target, line } of isOp(path) ? imports : []) {
      if (!target?.startsWith(ops)) continue;
      const remedy = "Compose tensors' methods instead, or share through families/.";
      found.push(at(line, "op", `an op imports ${target}`, remedy));
    }
    return found;
  });
}

/** What package.json exports, the registry of ops, and op.ts, which names Tensor for all below. */
function isEntry(root: string, { path, area }: Source): boolean {
  if (path === `${ops}index.ts` || path === "packages/autograd/src/op.ts") return true;
  const manifest = join(root, area, "package.json");
  if (!existsSync(manifest)) return path === `${area}/src/index.ts`;
  const exported: object = JSON.parse(readFileSync(manifest, "utf8")).exports ?? {};
  return Object.values(exported).some((e) => e["neurite-src"] === `.${path.slice(area.length)}`);
}
