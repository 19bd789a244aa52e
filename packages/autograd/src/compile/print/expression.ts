import type { Expression } from "../lanes/expression.js";

const signs: Readonly<Record<string, string>> = {
  add: "+",
  sub: "-",
  mul: "*",
  div: "/",
  eq: "=",
  lt: "<",
  le: "<=",
};

/** Writes expressions down, with what is used twice in a line of its own. */
export class Printer {
  readonly #names: Map<Expression, string>;
  readonly #uses = new Map<Expression, number>();
  #next = 0;
  readonly lines: string[] = [];

  /** `names` are those of inputs. */
  constructor(names: Iterable<readonly [Expression, string]>, roots: readonly Expression[]) {
    this.#names = new Map(names);
    for (const root of roots) this.#count(root);
  }

  #count(x: Expression): void {
    const uses = (this.#uses.get(x) ?? 0) + 1;
    this.#uses.set(x, uses);
    if (uses === 1) for (const input of x.inputs) this.#count(input);
  }

  /** The expression; lines that it needs come before. */
  print(x: Expression): string {
    const known = this.#names.get(x);
    if (known !== undefined) return known;
    if (x.op === "constant") return showConstant(x);
    const inputs = x.inputs.map((input) => this.print(input));
    const sign = signs[x.op];
    const text = sign
      ? `(${inputs.join(` ${sign} `)})`
      : `${nameOf(x)}(${[...inputs, ...attributesOf(x)].join(", ")})`;
    if (this.#uses.get(x) === 1) return text;
    const name = `t${this.#next++}`;
    this.lines.push(`${name} = ${text}`);
    this.#names.set(x, name);
    return name;
  }
}

const nameOf = ({ op, dtype, host }: Expression): string =>
  op === "convert" || op === "reinterpret" ? dtype : (host?.name ?? op);

/** The distance of a shift. */
const attributesOf = ({ op, value }: Expression): string[] =>
  op.startsWith("shift") ? [String(value)] : [];

/** As few digits as tell the number from its neighbours. */
function showConstant({ dtype, value }: Expression): string {
  if (dtype !== "float32" || !Number.isFinite(value)) return String(value);
  for (let digits = 1; ; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
}
