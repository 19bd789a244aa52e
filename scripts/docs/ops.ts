import { readdirSync, readFileSync } from "node:fs";
import { laneByLane, lanewise } from "../../packages/autograd/src/families/lanes.js";
import { type Tensor, topology } from "../../packages/autograd/src/index.js";
import type { Op } from "../../packages/autograd/src/op.js";
import {
  compositions,
  type Known,
  primitives,
} from "../../packages/autograd/test/support/records.js";
import type { OpSamples, Special } from "../../packages/autograd/test/support/sample.js";

// docs/ops.md: what the ops say of themselves, and what their records of samples say of them.

const source = new URL("../../packages/autograd/src/", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, source), "utf8");

/** The docstring in front of a declaration. */
function docstring(text: string, declaration: string): string | undefined {
  const found = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s*${declaration}`).exec(text);
  const [, comment] = found ?? [];
  return comment?.replace(/(\s*\n\s*\*)+\s?/g, " ").trim();
}

/** The sentence above an op in its own file. */
function sentenceOf(name: string): string {
  const sentence = docstring(read(`ops/${name}.ts`), `export const ${name}\\b`);
  if (sentence === undefined) throw new Error(`ops/${name}.ts: the op has no docstring`);
  return sentence;
}

const folders = ["methods", "functions", "transform"];
const sources = [
  ...folders.flatMap((folder) =>
    readdirSync(new URL(folder, source), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => `${folder}/${file}`),
  ),
  "creation.ts",
].map((path) => ({ path, text: read(path) }));

/** What a method or function says of itself, and where it is. */
function described(name: string): { readonly path: string; readonly sentence: string } {
  for (const { path, text } of sources) {
    const declared = path.startsWith("methods/")
      ? `  ${name}\\(`
      : `export (?:function|const) ${name}\\b`;
    const sentence = docstring(text, declared);
    if (sentence !== undefined) return { path, sentence };
  }
  throw new Error(`${name}: no method or function of this name has a docstring`);
}

const link = (name: string, path: string) => `[\`${name}\`](../packages/autograd/src/${path})`;

const showShape = (shape: readonly number[]) => `[${shape.join(", ")}]`;

/** The shapes of a call that shows most: few inputs, of few elements, with most axes. */
function shapesOf({ samples }: OpSamples): string {
  const axes = ({ inputs }: { readonly inputs: readonly Tensor[] }) =>
    inputs.length > 3 || inputs.some(({ size }) => size === 0 || size > 60)
      ? -1
      : inputs.reduce((sum, { rank, size }) => sum + rank + Math.min(size, 50) / 100, 0);
  const { inputs, apply } = samples.reduce((a, b) => (axes(b) > axes(a) ? b : a));
  const given = inputs.map(({ shape }) => showShape(shape)).join(", ");
  return `${given} → ${showShape(apply(...inputs).shape)}`;
}

/** What becomes of the dtypes that are not float64. */
function dtypesOf({ dtypes = {} }: OpSamples): string {
  const all = Object.entries(dtypes);
  if (all.length === 0) return "";
  const kept = all.filter(([dtype, result]) => dtype === result).map(([dtype]) => dtype);
  const turned = all.filter(([dtype, result]) => result !== null && dtype !== result);
  const refused = all.filter(([, result]) => result === null).map(([dtype]) => dtype);
  const results = new Set(turned.map(([, result]) => result));
  return [
    ...(kept.length > 0 ? [`${kept.join(", ")}: kept`] : []),
    ...[...results].map((result) => {
      const from = turned.filter(([, other]) => other === result).map(([dtype]) => dtype);
      return `${from.join(", ")} → ${result}`;
    }),
    ...(refused.length > 0 ? [`${refused.join(", ")}: refused`] : []),
  ].join("; ");
}

function lanesOf({ batch }: Op<never>): string {
  if (batch === lanewise) return "as it is";
  return batch === laneByLane ? "one by one" : "rule";
}

const show = (value: unknown): string =>
  JSON.stringify(value, (_, part) => (typeof part === "number" ? numberText(part) : part))
    .replaceAll('"', "")
    .replaceAll(",", ", ");

/** A number as a reader writes it. */
function numberText(x: number): string {
  if (Object.is(x, -0)) return "-0";
  return String(Number(x.toPrecision(6)));
}

/** What holds by convention at one place: the value, and the slopes that are known. */
function convention({ title, value, gradient = [] }: Special): string {
  const known = gradient.filter((slope) => slope !== undefined).map(show);
  const slopes = known.length > 0 ? `, slope ${known.join(" and ")}` : "";
  return `${title}: ${show(value)}${slopes}`.replaceAll("Infinity", "∞").replaceAll("-", "−");
}

const LONGEST = 80;

function conventionsOf({ name, record }: Known): string[] {
  const lines = record.specials
    .filter(({ title }) => title !== "all points in one vector")
    .map(convention)
    .filter((line) => line.length <= LONGEST);
  return lines.length > 0 ? [`- \`${name}\` ${lines.join(" · ")}`] : [];
}

const escaped = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [escaped(heads), `|${"---|".repeat(heads.length)}`, ...rows.map(escaped)].join("\n");

function familyTable(family: string): string {
  const members = primitives.filter(({ op }) => op.family === family);
  const columns: Record<string, string[]> = {
    op: members.map(({ name }) => link(name, `ops/${name}.ts`)),
    "what it computes": members.map(({ name }) => sentenceOf(name)),
    forward: members.map(({ op }) => op.formula.forward),
    derivative: members.map(({ op }) => op.formula.vjp.join("; ") || "none"),
    shapes: members.map(({ record }) => shapesOf(record)),
    dtypes: members.map(({ record }) => dtypesOf(record)),
    lanes: members.map(({ op }) => lanesOf(op)),
  };
  // What is the same for all of a family is said once.
  const common = Object.entries(columns).filter(
    ([, cells]) => cells.length > 2 && new Set(cells).size === 1,
  );
  for (const [head] of common) delete columns[head];
  const heads = Object.keys(columns);
  const rows = members.map((_, i) => heads.map((head) => columns[head]![i]!));
  const said = common.map(([head, [cell]]) => `${head} ${cell}`).join("; ");
  const title = `## ${family[0]!.toUpperCase()}${family.slice(1)}`;
  return [title, ...(said ? [`All of them: ${said}.`] : []), table(heads, rows)].join("\n\n");
}

function compositionTable(): string {
  const rows = compositions.map(({ name, record }) => {
    const { path, sentence } = described(name);
    return [link(name, path), sentence, madeOf(record), shapesOf(record), dtypesOf(record)];
  });
  return table(["function", "what it computes", "made of", "shapes", "dtypes"], rows);
}

/** The primitives that the first calls of a record consist of, in their order. */
function madeOf({ samples }: OpSamples): string {
  const names = samples.slice(0, 8).flatMap(({ inputs, apply }) => {
    const given = new Set(inputs);
    const { nodes } = topology([apply(...inputs).asTensor()], given);
    return nodes.flatMap((node) =>
      given.has(node) || node.inputs.length === 0 ? [] : node.op.name,
    );
  });
  return [...new Set(names)].filter((name) => name !== "project").join(", ");
}

export function opsDocument(): string {
  const families = [...new Set(primitives.map(({ op }) => op.family))];
  const conventions = [...primitives, ...compositions].flatMap(conventionsOf);
  return `<!-- Made by npm run docs from packages/autograd/src/ops and its tests; do not edit. -->

# The primitives

Every operation of the graph is one of these ${primitives.length}. The cotangent of \`x\` is \`x̄\`:
the gradient of the loss by it. A derivative is written with the same operations, so it can be
differentiated again.

*Shapes* shows one call. *Dtypes* says what becomes of inputs that are not float64. *Lanes* says how
\`vmap\` runs the op for many examples: as it is, by a rule of its own, or one after the other.
\`npm run ops\` shows how each is tested.

${families.map(familyTable).join("\n\n")}

# Functions made of them

These ${compositions.length} have no rule of their own: their derivatives and lanes follow from the
parts.

${compositionTable()}

# At special points

What holds by convention, or is easily got wrong: the value, and the slopes where there are some.
Each line is a test. The slopes are those of the sum of the result, in the order of the inputs.

${conventions.join("\n")}
`;
}
