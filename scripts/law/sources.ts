import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";

/** One import (or re-export) of one module by one file. */
export interface Import {
  line: number;
  specifier: string;
  /** Erased by the compiler: `import type`, `export type … from`, `import("…").T`. */
  typeOnly: boolean;
  /** The file a relative specifier means, when it is one of ours. */
  target: string | undefined;
}

export interface Source {
  /** Relative to the root, with forward slashes. */
  path: string;
  /** `packages/<name>`, or the top folder: `examples`, `scripts`, … */
  area: string;
  lines: number;
  /** Lines of more than 100 characters. */
  wide: number[];
  imports: Import[];
  /** Lines that re-export what another file defines. */
  reexports: number[];
}

const folders = ["packages", "examples", "bench", "docs", "scripts", "test"];
const skipped = /^(node_modules|dist|coverage|\..*)$/;

/** Every TypeScript file below the root, parsed for its imports. */
export function readSources(root: string): Source[] {
  const paths = folders.flatMap((folder) => walk(root, folder)).sort();
  const known = new Set(paths);
  return paths.map((path) => parse(path, readFileSync(join(root, path), "utf8"), known));
}

function walk(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return skipped.test(entry.name) ? [] : walk(root, path);
    return /\.[mc]?tsx?$/.test(entry.name) ? [path] : [];
  });
}

export const areaOf = (path: string) =>
  path
    .split("/")
    .slice(0, path.startsWith("packages/") ? 2 : 1)
    .join("/");

function parse(path: string, text: string, known: Set<string>): Source {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const reexports: number[] = [];
  const imported = new Set<string>();
  const lineOf = (node: ts.Node) =>
    tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;

  const add = (node: ts.Node, module: ts.Node | undefined, typeOnly: boolean) => {
    if (!module || !ts.isStringLiteralLike(module)) return;
    const specifier = module.text;
    const target = resolve(path, specifier, known);
    imports.push({ line: lineOf(node), specifier, typeOnly, target });
  };

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      // `import { type T }` keeps the import at run time (verbatimModuleSyntax): not type-only.
      add(node, node.moduleSpecifier, node.importClause?.isTypeOnly ?? false);
      for (const name of localNames(node.importClause)) imported.add(name);
    } else if (ts.isExportDeclaration(node)) {
      add(node, node.moduleSpecifier, node.isTypeOnly);
      if (node.moduleSpecifier || passesOn(node, imported)) reexports.push(lineOf(node));
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node, node.argument.literal, true);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node, node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  const wide = text.split("\n").flatMap((line, i) => (line.length > 100 ? [i + 1] : []));
  return { path, area: areaOf(path), lines, wide, imports, reexports };
}

function resolve(from: string, specifier: string, known: Set<string>): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const path = posix.join(posix.dirname(from), specifier);
  const source = path.replace(/\.([mc]?)js(x?)$/, ".$1ts$2");
  return [source, path, `${path}.ts`, `${path}/index.ts`].find((p) => known.has(p)) ?? source;
}

function localNames(clause: ts.ImportClause | undefined): string[] {
  const bindings = clause?.namedBindings;
  const names = bindings && ts.isNamedImports(bindings) ? bindings.elements : [bindings];
  return [clause, ...names].flatMap((binding) => binding?.name?.text ?? []);
}

/** `export { x }` of an imported x is a re-export in two lines. */
function passesOn(node: ts.ExportDeclaration, imported: Set<string>): boolean {
  const clause = node.exportClause;
  if (!clause || !ts.isNamedExports(clause)) return false;
  return clause.elements.some((e) => imported.has((e.propertyName ?? e.name).text));
}
