import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { areaOf, type Import, type Source } from "./sources.js";
import type { Violation } from "./violation.js";

/** Who may import whom. Everything outside `packages/` may import every package. */
const layers: Record<string, string[]> = {
  "packages/autograd": [],
  "packages/nn": ["packages/autograd"],
  "packages/viz": ["packages/autograd"],
  "packages/interop": ["packages/autograd"],
  "packages/cli": ["packages/autograd", "packages/nn", "packages/viz", "packages/interop"],
};

/** `@neurite/nn/node` → `@neurite/nn`; the command line is published as plain `neurite`. */
function packageName(specifier: string): string | undefined {
  return /^(@neurite\/[^/]+|neurite)(?=\/|$)/.exec(specifier)?.[0];
}

const packageArea = (name: string) =>
  name === "neurite" ? "packages/cli" : name.replace("@neurite", "packages");

function areaOfImport({ specifier, target }: Import): string | undefined {
  const name = packageName(specifier);
  return name ? packageArea(name) : target && areaOf(target);
}

/** Imports point down the layers, and enter another package through its name. */
export function checkLayers({ path, area, imports }: Source): Violation[] {
  const isPackage = area.startsWith("packages/");
  return imports.flatMap((i) => {
    const to = areaOfImport(i);
    if (to === undefined || (to === area && packageName(i.specifier) === undefined)) return [];
    const at = { file: path, line: i.line, rule: "layers", problem: `${area} imports ${to}` };
    if (to === area) return [{ ...at, remedy: "A package imports its own files by path." }];
    if (!(to in layers)) {
      const remedy = to.startsWith("packages/")
        ? "Give the new package its place in scripts/law/layers.ts."
        : `Nothing imports ${to}: move what is needed into a package.`;
      return [{ ...at, remedy }];
    }
    if (isPackage && !layers[area]?.includes(to)) {
      const allowed = layers[area]?.join(", ") || "no other package";
      return [{ ...at, remedy: `It may import ${allowed}: pass the thing in as plain data.` }];
    }
    const intoSource = i.target !== undefined && path.startsWith(`${area}/src/`);
    return intoSource ? [{ ...at, remedy: "Import another package by its name." }] : [];
  });
}

/** A package.json names every `@neurite/*` package that the code beside it imports. */
export function checkDeclared(root: string, sources: Source[]): Violation[] {
  return sources.flatMap(({ path, area, imports }) => {
    const manifest = existsSync(join(root, area, "package.json"))
      ? `${area}/package.json`
      : "package.json";
    const declared = declaredIn(join(root, manifest), !path.startsWith(`${area}/src/`));
    return imports.flatMap(({ line, specifier }) => {
      const name = packageName(specifier);
      if (!name || packageArea(name) === area || declared.has(name)) return [];
      const problem = `imports ${name}, which ${manifest} does not declare`;
      const remedy = `Add "${name}": "workspace:*" to its dependencies.`;
      return [{ file: path, line, rule: "declared", problem, remedy }];
    });
  });
}

function declaredIn(manifest: string, withDev: boolean): Set<string> {
  const json = existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")) : {};
  const dev = withDev ? json.devDependencies : {};
  return new Set(Object.keys({ ...json.dependencies, ...json.peerDependencies, ...dev }));
}
