import { type DType, rounded } from "../dtype.js";
import { TraceError } from "../errors.js";
import { onNumbers } from "../execute.js";
import type { Op, Tensor, VjpContext } from "../op.js";
import { withRecording } from "../recording.js";

/** A derivative rule on numbers: from g, y and up to three inputs to what goes to one of them. */
export type NumberRule = (g: number, y: number, a: number, b: number, c: number) => number;

/** One rule a slot; null where no gradient flows. */
type NumberRules = readonly (NumberRule | null)[];

interface Known {
  /** The dtype of the result, and those of the inputs. */
  readonly result: DType;
  readonly inputs: readonly DType[];
  readonly rules: NumberRules | null;
}

const known = new WeakMap<Op, Known[]>();

/**
 * The rules of a node of numbers as functions of numbers: each is run once on placeholders, and
 * what it records is composed from the ops' own scalar functions. So a derivative is written once,
 * and runs here without a node. Null, if a rule needs more than numbers.
 */
export function numberRulesOf(node: Tensor): NumberRules | null {
  let rules = known.get(node.op);
  if (!rules) {
    rules = [];
    known.set(node.op, rules);
  }
  for (const entry of rules) if (fits(entry, node)) return entry.rules;
  const inputs = node.inputs.map(({ dtype }) => dtype);
  const entry = { result: node.dtype, inputs, rules: derive(node) };
  rules.push(entry);
  return entry.rules;
}

function fits({ result, inputs: [first, second, third] }: Known, node: Tensor): boolean {
  if (result !== node.dtype) return false;
  const { a, b, rest } = node;
  if (a === undefined) {
    return rest[0]?.dtype === first && rest[1]?.dtype === second && rest[2]?.dtype === third;
  }
  return a.dtype === first && b?.dtype === second;
}

function derive(node: Tensor): NumberRules | null {
  const { vjp } = node.op;
  const { inputs } = node;
  if (typeof vjp !== "object" || node.attrs !== undefined || inputs.length > 3) return null;
  const [g, y] = [node.placeholderLike(), node.placeholderLike()];
  const x = inputs.map((input) => input.placeholderLike());
  const places = new Map([g, y, ...x].map((placeholder, i) => [placeholder, i]));
  const context = { g, y, x, attrs: undefined };
  const rules = vjp.map((rule) => rule && composed(onPlaceholders(rule, context), places));
  return rules.includes(undefined) ? null : (rules as NumberRules);
}

/** What a rule records; nothing, if it asks for the numbers themselves. */
function onPlaceholders(rule: (context: never) => Tensor, context: VjpContext): Tensor | undefined {
  try {
    return withRecording(true, () => rule(context as never));
  } catch (error) {
    if (error instanceof TraceError) return undefined;
    throw error;
  }
}

/** The function of numbers that a small graph computes; undefined if it is more than that. */
function composed(
  node: Tensor | undefined,
  places: ReadonlyMap<Tensor, number>,
): NumberRule | undefined {
  if (!node) return undefined;
  const place = places.get(node);
  if (place !== undefined) return ARGUMENTS[place];
  const { value, inputs } = node;
  // A variable's number is one for today only.
  if (inputs.length === 0 && typeof value === "number" && !node.variable) return () => value;
  const scalar = inputs[0] && onNumbers(node.op, inputs[0]);
  const operands = inputs.map((input) => composed(input, places));
  if (!scalar || node.dtype === "int32" || operands.includes(undefined)) return undefined;
  const [p, q, r] = operands as NumberRule[];
  const { dtype } = node;
  const f: Scalar = dtype === "float64" ? scalar : (a, b, c) => rounded(dtype, scalar(a, b, c));
  if (!p) return undefined;
  if (!q) return (g, y, a, b, c) => f(p(g, y, a, b, c), 0, 0);
  if (!r) return (g, y, a, b, c) => f(p(g, y, a, b, c), q(g, y, a, b, c), 0);
  return (g, y, a, b, c) => f(p(g, y, a, b, c), q(g, y, a, b, c), r(g, y, a, b, c));
}

type Scalar = NonNullable<Op["scalar"]>;

const ARGUMENTS: readonly NumberRule[] = [
  (g) => g,
  (_, y) => y,
  (_g, _y, a) => a,
  (_g, _y, _a, b) => b,
  (_g, _y, _a, _b, c) => c,
];
