import { definitions } from "../../numerics/special/definitions.js";
import { Lane, type LaneDType, type Expression as Term } from "../../numerics/special/lane.js";
import { Expression, type HostFunction } from "./expression.js";
import { inOrder } from "./order.js";

export type SpecialName = keyof typeof definitions;

const templates = new Map<string, readonly Term[]>();

/** The terms of a special function, operands first. */
function termsOf(name: SpecialName, dtype: LaneDType): readonly Term[] {
  const key = `${name} ${dtype}`;
  const known = templates.get(key);
  if (known) return known;
  const definition = definitions[name] as (...x: Lane[]) => Lane;
  const inputs = Array.from({ length: definition.length }, (_, i) => Lane.input(dtype, i));
  const terms = inOrder<Term>([definition(...inputs)], (x) => x.inputs);
  templates.set(key, terms);
  return terms;
}

/** A special function of floats. */
export function special(name: SpecialName, x: readonly Expression[]): Expression {
  const made = new Map<Term, Expression>();
  const terms = termsOf(name, x[0]!.dtype as LaneDType);
  for (const term of terms) {
    made.set(term, term.op === "input" ? x[(term as Lane).value]! : copy(term, made));
  }
  return made.get(terms.at(-1)!)!;
}

function copy(term: Term, made: ReadonlyMap<Term, Expression>): Expression {
  const inputs = term.inputs.map((input) => made.get(input)!);
  if (!(term instanceof Lane)) return new Expression(term.op, "bool", inputs);
  return new Expression(term.op, term.dtype, inputs, term.value, term.host as HostFunction);
}
