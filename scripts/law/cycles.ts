import type { Import, Source } from "./sources.js";
import type { Violation } from "./violation.js";

/** An import that may close a circle because it is erased before anything runs. */
export interface Exception {
  from: string;
  to: string;
  reason: string;
}

/** No circle of imports, type-only ones included, but for the listed exceptions. */
export function checkCycles(sources: Source[], exceptions: Exception[]): Violation[] {
  const excepted = (from: string, { target, typeOnly }: Import) =>
    typeOnly && exceptions.some((e) => e.from === from && e.to === target);
  const graph = new Map(
    sources.map((s) => [s.path, s.imports.filter((i) => i.target && !excepted(s.path, i))]),
  );
  return [...exceptions.flatMap((e) => checkException(e, sources)), ...findCycles(graph)];
}

function checkException(exception: Exception, sources: Source[]): Violation[] {
  const { from, to } = exception;
  const edges = (sources.find((s) => s.path === from)?.imports ?? []).filter(
    (i) => i.target === to,
  );
  const at = (line: number, problem: string, remedy: string) => [
    { file: from, line, rule: "exception", problem, remedy },
  ];
  if (edges.length === 0) {
    return at(1, `does not import ${to} any more`, "Delete the exception from scripts/law.ts.");
  }
  const value = edges.find((i) => !i.typeOnly);
  if (!value) return [];
  return at(
    value.line,
    `imports ${to} by value, but is excepted as type-only`,
    "Write `import type`, or undo the circle.",
  );
}

/** Depth-first search: an import of a file still on the path closes a circle. */
function findCycles(graph: Map<string, Import[]>): Violation[] {
  const found: Violation[] = [];
  const done = new Set<string>();
  const path: { file: string; via: Import }[] = [];

  const visit = (file: string): void => {
    for (const via of graph.get(file) ?? []) {
      path.push({ file, via });
      const start = path.findIndex((step) => step.file === via.target);
      if (start >= 0) found.push(describe(path.slice(start)));
      else if (via.target && !done.has(via.target)) visit(via.target);
      path.pop();
    }
    done.add(file);
  };
  for (const file of graph.keys()) if (!done.has(file)) visit(file);
  return found;
}

function describe(cycle: { file: string; via: Import }[]): Violation {
  const typeOnly = cycle.find((step) => step.via.typeOnly);
  const { file, via } = typeOnly ?? cycle[cycle.length - 1]!;
  const steps = cycle.map((s) => `${s.file}:${s.via.line} ${s.via.typeOnly ? "(type) " : ""}→ `);
  return {
    file,
    line: via.line,
    rule: typeOnly ? "cycle of types" : "cycle",
    problem: steps.join("") + cycle[0]!.file,
    remedy:
      "Move what both need into a file of its own" +
      (typeOnly ? ", or list the type-only import with its reason in scripts/law.ts." : "."),
  };
}
