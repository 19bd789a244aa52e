import { type DType, isFloat } from "../../dtype.js";
import { onBits } from "./bits.js";
import { conversions } from "./convert.js";
import type { Expression, ExpressionOp } from "./expression.js";
import { type Instruction, Instructions } from "./instruction.js";
import { inOrder } from "./order.js";
import { type Parts, Width } from "./width.js";

type Rule = (width: Width, x: Expression, operands: readonly Parts[]) => Parts;

/** Chooses the instructions that compute expressions, equal ones only once. */
export class Selector {
  readonly #known = new Map<Expression, Parts>();
  readonly width: Width;

  constructor(lanes: 2 | 4) {
    this.width = new Width(lanes, new Instructions());
  }

  select(x: Expression): Parts {
    const known = this.#known;
    for (const term of inOrder([x], inputsOf, (term) => known.has(term))) {
      const operands = term.inputs.map((input) => known.get(input)!);
      known.set(term, this.#parts(term, operands));
    }
    return known.get(x)!;
  }

  #parts(x: Expression, operands: readonly Parts[]): Parts {
    if (x.op !== "special") return rules[x.op](this.width, x, operands);
    const { terms, inputs } = x.body!;
    const made = new Map(inputs.map((input, i) => [input, operands[i]!]));
    for (const term of terms) {
      const own = term.inputs.map((input) => made.get(input)!);
      made.set(term, this.#parts(term, own));
    }
    return made.get(terms.at(-1)!)!;
  }
}

const inputsOf = (x: Expression): readonly Expression[] => x.inputs;

const SHAPES = { float32: "f32x4", float64: "f64x2", int32: "i32x4", bool: "v128" } as const;

/** The same on each part. */
const eachPart = (
  operands: readonly Parts[],
  make: (inputs: readonly Instruction[], part: number) => Instruction,
): Parts =>
  operands[0]!.map((_, part) =>
    make(
      operands.map((operand) => operand[part]!),
      part,
    ),
  );

/** The instruction of this name for the dtype. */
const named =
  (name: string, int = name): Rule =>
  ({ pool }, { dtype }, operands) => {
    const instruction = `${SHAPES[dtype]}.${dtype === "int32" ? int : name}`;
    return eachPart(operands, (inputs) => pool.make(instruction, inputs));
  };

/** Bit by bit: of int32 and of masks. */
const bitwise =
  (name: string): Rule =>
  ({ pool }, _, operands) =>
    eachPart(operands, (inputs) => pool.make(`v128.${name}`, inputs));

const shift =
  (name: string): Rule =>
  ({ pool }, { value }, operands) =>
    eachPart(operands, (inputs) => pool.make(`i32x4.${name}`, inputs, [value]));

const question =
  (name: "eq" | "lt" | "le"): Rule =>
  (width, { inputs }, operands) => {
    const { dtype } = inputs[0]!;
    const { pool } = width;
    // A mask is −1 where it holds, so that its order is the other way round.
    if (dtype === "bool") {
      const [a, b] = name === "eq" ? [operands[0], operands[1]] : [operands[1], operands[0]];
      return [pool.make(`i32x4.${name === "eq" ? name : `${name}_s`}`, [a![0]!, b![0]!])];
    }
    const isSigned = dtype === "int32" && name !== "eq";
    const instruction = `${SHAPES[dtype]}.${name}${isSigned ? "_s" : ""}`;
    const answers = eachPart(operands, (inputs) => pool.make(instruction, inputs));
    return [width.toMask(answers, dtype)];
  };

const bits =
  (op: keyof typeof onBits): Rule =>
  ({ pool }, { inputs }, [x]) =>
    x!.map((part) => onBits[op][inputs[0]!.dtype as "float32" | "float64"](pool, part));

/** NaN answers no, so that only = has an opposite. */
const not: Rule = ({ pool }, _, operands) =>
  eachPart(operands, ([x]) => {
    const [shape, name] = x!.name.split(".");
    return name === "eq" ? pool.make(`${shape}.ne`, x!.inputs) : pool.make("v128.not", [x!]);
  });

const where: Rule = (width, { dtype }, [mask, yes, no]) =>
  eachPart([yes!, no!, width.maskFor(mask![0]!, dtype)], (inputs, part) => {
    const [a, b, own] = inputs as readonly [Instruction, Instruction, Instruction];
    const { pool } = width;
    if (a.isSlow === b.isSlow) return choose(pool, dtype, [a, b, own]);
    const sides = a.isSlow ? inputs : [b, a, pool.make("v128.not", [own])];
    return pool.make("guarded", sides, [], { dtype, part });
  });

/** A bitselect, or less: a side may be 0, or a NaN, of which all bits may be set. */
function choose(
  pool: Instructions,
  dtype: DType,
  [yes, no, mask]: readonly [Instruction, Instruction, Instruction],
): Instruction {
  const zero = pool.constant("int32", 0);
  if (no === zero) return pool.make("v128.and", [yes, mask]);
  if (yes === zero) return pool.make("v128.andnot", [no, mask]);
  const isNone = isFloat(dtype) && yes === pool.constant(dtype, Number.NaN);
  if (isNone) return pool.make("v128.or", [no, mask]);
  return pool.make("v128.bitselect", [yes, no, mask]);
}

const input: Rule = (width, { dtype, value }) =>
  Array.from({ length: width.partsOf(dtype) }, (_, part) =>
    width.pool.make("input", [], [value], { dtype, part }),
  );

const constant: Rule = (width, { dtype, value }) =>
  Array.from({ length: width.partsOf(dtype) }, () => width.pool.constant(dtype, value));

const perLane: Rule = ({ pool }, { dtype, host }, operands) =>
  eachPart(operands, (inputs, part) =>
    pool.make("perLane", inputs, [], { dtype, part, host: host! }),
  );

const rules: { readonly [op in Exclude<ExpressionOp, "special">]: Rule } = {
  input,
  constant,
  add: named("add"),
  sub: named("sub"),
  mul: named("mul"),
  div: named("div"),
  neg: named("neg"),
  abs: named("abs"),
  sqrt: named("sqrt"),
  floor: named("floor"),
  ceil: named("ceil"),
  trunc: named("trunc"),
  round: named("nearest"),
  min: named("min", "min_s"),
  max: named("max", "max_s"),
  and: bitwise("and"),
  or: bitwise("or"),
  xor: bitwise("xor"),
  not,
  shiftLeft: shift("shl"),
  shiftRight: shift("shr_s"),
  shiftRightUnsigned: shift("shr_u"),
  eq: question("eq"),
  lt: question("lt"),
  le: question("le"),
  where,
  nearest: bits("nearest"),
  high: bits("high"),
  powerOfTwo: bits("powerOfTwo"),
  exponent: bits("exponent"),
  significand: bits("significand"),
  isNegative: (width, x, operands) => [
    width.toMask(bits("isNegative")(width, x, operands), x.inputs[0]!.dtype),
  ],
  convert: (width, { dtype, inputs }, [x]) => conversions[inputs[0]!.dtype][dtype](width, x!),
  reinterpret: (_, __, [x]) => x!,
  perLane,
};
