import type { GraphNode, Stat } from "../graph/graph.js";
import { typeOf } from "../graph/type-text.js";
import { showNumber } from "./number.js";
import type { DotOptions } from "./options.js";

/** Beyond so many characters the elements of a tensor give way to its statistics. */
const WIDEST_VALUE = 30;

const SYMBOLS: Readonly<Record<string, string>> = {
  add: "+",
  sub: "-",
  mul: "×",
  div: "/",
  neg: "-",
  contract: "@",
  eq: "=",
  ne: "≠",
  lt: "<",
  le: "≤",
  gt: ">",
  ge: "≥",
};

interface TextOptions {
  readonly values?: DotOptions["values"] | undefined;
  readonly precision?: number | undefined;
}

/** The first row of a node: what it is and what it is called, as in `tanh  y output`. */
export function header(node: GraphNode, precision?: number): string {
  const { op, role, label = "" } = node;
  const word = wordOf(node);
  if (role === "collapsed") return [op, label, word].filter(Boolean).join("  ");
  const name = [label, word].filter(Boolean).join(" ");
  if (role === "input" || role === "parameter" || role === "constant") return name;
  return [operation(node, precision), name].filter(Boolean).join("  ");
}

/** The words that say the role, so that colour need not. */
function wordOf({ op, role, label, contents }: GraphNode): string {
  if (role === "collapsed") {
    const { result } = contents ?? {};
    return result?.role === "loss" ? wordOfLoss(result.label, op + label) : (result?.role ?? "");
  }
  if (role === "loss") return wordOfLoss(label, label);
  return role === "op" ? "" : role;
}

/** What a pass began with is the loss, unless its name says otherwise, or says so already. */
function wordOfLoss(label: string | undefined, shown = ""): string {
  if (/loss/i.test(shown)) return "";
  return label === undefined || /loss|error|entropy|cost/i.test(label) ? "loss" : "output";
}

/** The sign of the operation with the plain numbers it takes: `× 2`, `1 -`, `tanh`. */
function operation({ op, operands = [], result }: GraphNode, precision?: number): string {
  if (result !== undefined) return `result ${result}`;
  const side = (slot: number) =>
    operands
      .filter((operand) => operand.slot === slot)
      .map(({ value }) => showNumber(value, precision));
  return [...side(0), SYMBOLS[op] ?? op, ...side(1)].join(" ");
}

/** The rows of a node: name, shape and dtype, data, gradient. */
export function rowsOf(node: GraphNode, { values = "full", precision }: TextOptions): string[] {
  const rows = [header(node, precision)];
  if (node.results) return [...rows, `${node.results.length} results`];
  if (node.shape.length > 0) rows.push(typeOf(node));
  if (values === "none") return rows;
  const show = (stat: Stat) => statText(stat, node.shape, { values, precision });
  if (node.data) rows.push(`data ${show(node.data)}`);
  if (node.dead) rows.push(deadText(node.dead));
  rows.push(gradText(node, show));
  return rows;
}

export const deadText = ({ units, of }: NonNullable<GraphNode["dead"]>): string =>
  of === 1 ? "dead" : `dead ${units} of ${of}`;

/** `grad -` before backward has run, never a zero; `no grad` where none passes. */
export function gradText({ grad }: GraphNode, show: (stat: Stat) => string): string {
  if (grad === "not-run") return "grad -";
  return grad === "none" ? "no grad" : `grad ${show(grad)}`;
}

/** A number, the elements if they fit, or the size of a typical element. */
function statText(
  { value, elements, rms }: Stat,
  shape: readonly number[],
  { values, precision }: TextOptions,
): string {
  if (value !== undefined) return showNumber(value, precision);
  if (values === "full" && elements) {
    const text = nested(elements, shape, precision);
    if (text.length <= WIDEST_VALUE) return text;
  }
  return `rms ${showNumber(rms, precision)}`;
}

function nested(elements: readonly number[], shape: readonly number[], precision?: number): string {
  const [side, ...rest] = shape;
  if (side === undefined) return showNumber(elements[0]!, precision);
  const step = elements.length / Math.max(1, side);
  const parts = Array.from({ length: side }, (_, i) =>
    nested(elements.slice(i * step, (i + 1) * step), rest, precision),
  );
  return `[${parts.join(", ")}]`;
}

/** All that is known of a node, for the tooltip. */
export function tooltipOf(node: GraphNode): string {
  const { data, grad, results } = node;
  if (results)
    return [header(node), ...results.map((type, i) => `result ${i}: ${type}`)].join("\n");
  const lines = [`${header(node)} (${node.op})`, typeOf(node)];
  if (data) lines.push(`data: ${details(data)}`);
  lines.push(typeof grad === "string" ? gradText(node, details) : `grad: ${details(grad)}`);
  return lines.join("\n");
}

function details({ value, rms, mean, max, zeroFraction, nonFinite }: Stat): string {
  if (value !== undefined) return String(value);
  const share = `${showNumber(100 * zeroFraction, 3)} % zero`;
  const numbers = `rms ${showNumber(rms)}, mean ${showNumber(mean)}, max ${showNumber(max)}`;
  return `${numbers}, ${share}${nonFinite > 0 ? `, ${nonFinite} not finite` : ""}`;
}
