import { checkCycles, type Exception } from "./cycles.js";
import { checkDeclared, checkLayers } from "./layers.js";
import { checkShape } from "./shape.js";
import { readSources } from "./sources.js";
import type { Violation } from "./violation.js";

/** The law of the tree at `root`: layers, declared links, cycles, the shape of files. */
export function checkLaw(root: string, exceptions: Exception[] = []) {
  const sources = readSources(root);
  const violations: Violation[] = [
    ...sources.flatMap(checkLayers),
    ...checkDeclared(root, sources),
    ...checkCycles(sources, exceptions),
    ...checkShape(root, sources),
  ];
  return { files: sources.length, violations };
}
