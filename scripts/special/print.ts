import {
  type Expression,
  Lane,
  type LaneDType,
  type LaneOp,
  type MaskOp,
  ROOT_HALF,
} from "../../packages/autograd/src/numerics/special/lane.js";
import { arrange, type Block } from "./blocks.js";

/** A special function as it is defined. */
export type Definition = (...x: Lane[]) => Lane;

type Op = Exclude<LaneOp | MaskOp, "input" | "constant" | "where">;

/** How an operation is written, given its operands: names, numbers, calls, or in parentheses. */
const written: { readonly [K in Op]: (x: readonly string[], expression: Expression) => string } = {
  add: ([a, b]) => (b!.startsWith("-") ? `${a} - ${b!.slice(1)}` : `${a} + ${b}`),
  sub: ([a, b]) => `${a} - ${b}`,
  mul: ([a, b]) => `${a} * ${b}`,
  div: ([a, b]) => `${a} / ${b}`,
  neg: ([a]) => `-${a}`,
  abs: ([a]) => `Math.abs(${a})`,
  sqrt: ([a]) => `Math.sqrt(${a})`,
  floor: ([a]) => `Math.floor(${a})`,
  nearest: ([a]) => `${a} + 6755399441055744 - 6755399441055744`,
  powerOfTwo: ([a]) => `powers[(${a} + 1024) & 2047]!`,
  high: (_, x) => (isSingle(x) ? "single[0]!" : "double[0]!"),
  exponent: () => exponent,
  significand: ([a]) => `${a} * powers[(1024 - (${exponent})) & 2047]!`,
  perLane: ([a], x) => `${(x as Lane).host!.name}(${a})`,
  eq: ([a, b]) => `${a} === ${b}`,
  lt: ([a, b], { inputs }) => (inputs[0]!.op === "constant" ? `${b} > ${a}` : `${a} < ${b}`),
  le: ([a, b], { inputs }) => (inputs[0]!.op === "constant" ? `${b} >= ${a}` : `${a} <= ${b}`),
  isNegative: ([a]) => `isNegative(${a})`,
  and: ([a, b]) => `${a} && ${b}`,
  or: ([a, b]) => `${a} || ${b}`,
  not: ([a]) => `!${a}`,
};

const isSingle = (x: Expression) => x instanceof Lane && x.dtype === "float32";

const exponent = `(words[1]! - ${ROOT_HALF.float64}) >> 20`;

/** What an operation does first, to look into the bits of its operand. */
const prepared: { readonly [K in Op]?: (a: string, x: Expression) => string } = {
  high: (a, x) =>
    isSingle(x)
      ? `single[0] = ${a};\nword[0] = word[0]! & -4096;\n`
      : `double[0] = ${a};\nwords[0] = 0;\n`,
  exponent: (a) => `double[0] = ${a};\n`,
  significand: (a) => `double[0] = ${a};\n`,
};

/** Operations whose result has to be rounded to float32. */
const rounds: ReadonlySet<string> = new Set(["add", "sub", "mul", "div", "sqrt", "perLane"]);

/** A function of numbers of one dtype, that works out what a definition says. */
export function print(definition: Definition, dtype: LaneDType): string {
  const inputs = ["x", "y"].slice(0, definition.length);
  const root = definition(...inputs.map((_, i) => Lane.input(dtype, i)));
  const { body, branches } = arrange(root, (x) => x.op in prepared);
  const names = new Map<Expression, string>();
  let count = 0;

  const show = (x: Expression): string => names.get(x) ?? spell(x);
  const spell = (x: Expression): string => {
    if (x.op === "input") return inputs[(x as Lane).value]!;
    if (x.op === "constant") return number((x as Lane).value);
    const operands = x.inputs.map((input) => enclosed(show(input)));
    if (x.op === "where") return `${operands[0]} ? ${operands[1]} : ${operands[2]}`;
    const text = written[x.op](operands, x);
    return dtype === "float32" && rounds.has(x.op) ? `f(${text})` : text;
  };

  const statement = (x: Expression): string => {
    const name = `v${++count}`;
    const text = branches.has(x)
      ? `let ${name}: number;\n${branch(x, (value) => `${name} = ${value};\n`)}`
      : `${prepare(x)}const ${name} = ${spell(x)};\n`;
    names.set(x, name);
    return text;
  };
  const prepare = (x: Expression) => prepared[x.op as Op]?.(show(x.inputs[0]!), x) ?? "";

  type Finish = (value: string) => string;
  const block = ({ statements }: Block, result: Expression, finish: Finish): string => {
    const lines = statements.map(statement).join("");
    return lines + (isBranch(result) ? branch(result, finish) : finish(show(result)));
  };
  const isBranch = (x: Expression) => branches.has(x) && !names.has(x);
  const branch = (x: Expression, finish: Finish): string => {
    const { yes, no } = branches.get(x)!;
    const [mask, a, b] = x.inputs;
    const head = `if (${show(mask!)}) {\n${block(yes, a!, finish)}}`;
    if (finish === leave) return `${head}\n${block(no, b!, finish)}`;
    const isChain = no.statements.length === 0 && isBranch(b!);
    return isChain
      ? `${head} else ${branch(b!, finish)}`
      : `${head} else {\n${block(no, b!, finish)}}\n`;
  };
  const leave: Finish = (value) => `return ${value};\n`;

  const parameters = inputs.map((name) => `${name}: number`).join(", ");
  return `(${parameters}): number => {\n${block(body, root, leave)}}`;
}

const named = new Map<number, string>(
  (["LOG2E", "LN2", "PI", "SQRT1_2"] as const).map((name) => [Math[name], `Math.${name}`]),
);

const number = (value: number): string =>
  named.get(value) ?? (Object.is(value, -0) ? "-0" : String(value));

/** The text in parentheses, unless it is a name, a number or a call. */
function enclosed(text: string): string {
  if (/^-?[\w.]+(e-?\d+)?$/.test(text)) return text;
  return /^[\w.]+\(/.test(text) && closes(text) === text.length - 1 ? text : `(${text})`;
}

/** Where the first parenthesis of a text is closed. */
function closes(text: string): number {
  let depth = 0;
  for (const [i, character] of [...text].entries()) {
    if (character === "(") depth++;
    if (character === ")" && --depth === 0) return i;
  }
  return -1;
}
