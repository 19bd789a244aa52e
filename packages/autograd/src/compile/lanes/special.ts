import { definitions } from "../../numerics/special/definitions.js";
import { Lane, type LaneDType, type Expression as Term } from "../../numerics/special/lane.js";
import { type Body, Expression, type HostFunction } from "./expression.js";
import { inOrder } from "./order.js";

export type SpecialName = keyof typeof definitions;

const bodies = new Map<string, Body>();

/** A special function of floats. */
export function special(name: SpecialName, x: readonly Expression[]): Expression {
  const dtype = x[0]!.dtype as LaneDType;
  const body = bodyOf(name, dtype);
  return new Expression("special", dtype, x.slice(0, body.inputs.length), 0, undefined, body);
}

function bodyOf(name: SpecialName, dtype: LaneDType): Body {
  const key = `${name} ${dtype}`;
  const known = bodies.get(key);
  if (known) return known;
  const definition = definitions[name] as (...x: Lane[]) => Lane;
  const lanes = Array.from({ length: definition.length }, (_, i) => Lane.input(dtype, i));
  const inputs = lanes.map((_, i) => Expression.input(dtype, i));
  const made = new Map<Term, Expression>(lanes.map((lane, i) => [lane, inputs[i]!]));
  const all = inOrder<Term>([definition(...lanes)], (x) => x.inputs);
  const terms = all.filter(({ op }) => op !== "input").map((term) => copy(term, made));
  const body = { name: key, terms, inputs };
  bodies.set(key, body);
  return body;
}

function copy(term: Term, made: Map<Term, Expression>): Expression {
  const inputs = term.inputs.map((input) => made.get(input)!);
  const own =
    term instanceof Lane
      ? new Expression(term.op, term.dtype, inputs, term.value, term.host as HostFunction)
      : new Expression(term.op, "bool", inputs);
  made.set(term, own);
  return own;
}
