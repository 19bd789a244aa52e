import type { Access, Load, Nest, Stage } from "../fuse/nest.js";
import type { Expression } from "../lanes/expression.js";
import { Printer } from "./expression.js";
import type { Names } from "./names.js";

const LETTERS = ["i", "j", "k", "l", "m", "n", "o", "p"];

/** A nest as loops, one line a walk, a fold or a value that is written. */
export function printNest(nest: Nest, names: Names): string {
  const { sides, accesses, rowLoads, stages } = nest;
  const at = (access: number) => placeOf(accesses[access]!, names);
  const loops = sides.map((side, i) => `for ${LETTERS[i]} < ${side}`);
  const isWhole =
    stages.length === 1 && stages[0]!.folds.length + stages[0]!.rowStores.length === 0;
  const outer = isWhole ? loops : loops.slice(0, -1);
  const known = new Map<Expression, string>();
  const load = ({ access, input }: Load) => known.set(input, at(access));
  rowLoads.forEach(load);
  const lines = outer.map(indented);
  const depth = outer.length;
  let folded = 0;
  for (const stage of stages) {
    for (const own of stage.loads) load(own);
    const walk = isWhole ? [] : [loops.at(-1)!];
    const { inside, after } = linesOf(stage, known, at, folded);
    folded += stage.folds.length;
    const block =
      inside.length > 0 ? [...walk, ...inside.map((line) => "  ".repeat(walk.length) + line)] : [];
    lines.push(...[...block, ...after].map((line) => "  ".repeat(depth) + line));
  }
  return lines.join("\n");
}

const indented = (line: string, depth: number): string => "  ".repeat(depth) + line;

/** What happens at each element of a row, and what after the row. */
function linesOf(
  { folds, stores, rowStores }: Stage,
  known: Map<Expression, string>,
  at: (access: number) => string,
  folded: number,
): { readonly inside: string[]; readonly after: string[] } {
  const printer = new Printer(known, [
    ...folds.map(({ of }) => of),
    ...stores.map(({ value }) => value),
  ]);
  const results = folds.map(({ kind, of, result }, i) => {
    const name = `${kind}${folded + i}`;
    return { result, name, line: `${name} = ${kind} of ${printer.print(of)}` };
  });
  const written = stores.map(({ access, value }) => `${at(access)} = ${printer.print(value)}`);
  const inside = [...printer.lines, ...results.map(({ line }) => line), ...written];
  for (const { result, name } of results) known.set(result, name);
  const rows = new Printer(
    known,
    rowStores.map(({ value }) => value),
  );
  const last = rowStores.map(({ access, value }) => `${at(access)} = ${rows.print(value)}`);
  return { inside, after: [...rows.lines, ...last] };
}

/** Where a buffer is read or written, as the loops stand. */
function placeOf({ buffer, offset, strides }: Access, names: Names): string {
  const terms = strides.flatMap((stride, i) => {
    const letter = LETTERS[i]!;
    return stride === 0 ? [] : stride === 1 ? letter : `${stride}${letter}`;
  });
  const parts = offset === 0 && terms.length > 0 ? terms : [...terms, String(offset)];
  return buffer.size === 1 ? names.of(buffer) : `${names.of(buffer)}[${parts.join(" + ")}]`;
}
