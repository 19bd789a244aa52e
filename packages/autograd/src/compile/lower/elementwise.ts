import { type DType, isFloat } from "../../dtype.js";
import { definitions } from "../../numerics/special/definitions.js";
import type { Tensor } from "../../op.js";
import { type Expression, perLane } from "../lanes/expression.js";
import { fmod } from "../lanes/host-functions.js";
import { type SpecialName, special } from "../lanes/special.js";

/** What an op computes from its operands, given the dtype of its result: to the bit as in eager. */
type Lowering = (x: readonly Expression[], result: DType) => Expression;

type Formula = (a: Expression, b: Expression, c: Expression) => Expression;

/** In the dtype of the operands. */
const direct =
  (formula: Formula): Lowering =>
  ([a, b, c]) =>
    formula(a!, b!, c!);

/** In float64, rounded once: what eager does where it has no function for the dtype. */
const inDoubles =
  (formula: Formula): Lowering =>
  (x, result) => {
    const [a, b, c] = x.map((input) => input.convert("float64"));
    return formula(a!, b!, c!).convert(result);
  };

/** In float32 too, where that gives the same: of one correctly rounded operation. */
const inFloats = (formula: Formula): Lowering => {
  const [ofFloats, ofOthers] = [direct(formula), inDoubles(formula)];
  return (x, result) => (isFloat(x[0]!.dtype) ? ofFloats : ofOthers)(x, result);
};

/** What leaves integers as they are. */
const rounding = (formula: (x: Expression) => Expression): Lowering =>
  direct((x) => (x.dtype === "int32" ? x : formula(x)));

const specials = Object.fromEntries(
  Object.keys(definitions).map((name) => [
    name,
    inFloats((...x) => special(name as SpecialName, x)),
  ]),
) as { readonly [K in SpecialName]: Lowering };

/** Between integers of 32 bits, no quotient is rounded up to the next integer. */
const restOfIntegers = inDoubles((a, b) => a.sub(a.div(b).trunc().mul(b)));

const rest: Lowering = ([a, b], result) =>
  a!.dtype === "int32" ? restOfIntegers([a!, b!], result) : perLane(fmod, a!, b!);

/** Every op that works element by element, by name. */
export const elementwise = {
  ...specials,

  abs: direct((x) => x.abs()),
  alias: direct((x) => x),
  cast: ([x], result) => x!.convert(result),
  ceil: rounding((x) => x.ceil()),
  floor: rounding((x) => x.floor()),
  neg: direct((x) => x.neg()),
  relu: direct((x) => x.le(0).where(0, x)),
  round: rounding((x) => x.round()),
  rsqrt: inDoubles((x) => x.constant(1).div(x.sqrt())),
  sign: direct((x) => x.gt(0).where(1, x.lt(0).where(x.constant(-1), 0))),
  sqrt: inFloats((x) => x.sqrt()),
  stopGradient: direct((x) => x),
  trunc: rounding((x) => x.trunc()),

  add: direct((a, b) => a.add(b)),
  div: inFloats((a, b) => a.div(b)),
  fmod: rest,
  maximum: direct((a, b) => a.max(b)),
  minimum: direct((a, b) => a.min(b)),
  // A product of integers may round in float64 before it wraps around.
  mul: inFloats((a, b) => a.mul(b)),
  remainder: ([a, b], result) => {
    const r = rest([a!, b!], result);
    const isOpposite = r.lt(0).xor(b!.lt(0));
    return r.eq(0).not().and(isOpposite).where(r.add(b!), r);
  },
  sub: direct((a, b) => a.sub(b)),

  eq: direct((a, b) => a.eq(b)),
  ge: direct((a, b) => a.ge(b)),
  gt: direct((a, b) => a.gt(b)),
  isFinite: direct((x) => (isFloat(x.dtype) ? x.abs().lt(Infinity) : x.eq(x))),
  isNaN: direct((x) => x.eq(x).not()),
  le: direct((a, b) => a.le(b)),
  logicalAnd: direct((a, b) => a.and(b)),
  logicalNot: direct((x) => x.not()),
  logicalOr: direct((a, b) => a.or(b)),
  logicalXor: direct((a, b) => a.xor(b)),
  lt: direct((a, b) => a.lt(b)),
  ne: direct((a, b) => a.eq(b).not()),

  where: direct((condition, a, b) => condition.where(a, b)),
} as const satisfies Readonly<Record<string, Lowering>>;

/** What a node of such an op computes from its operands. */
export const expressionOf = ({ op, dtype }: Tensor, x: readonly Expression[]): Expression =>
  elementwise[op.name as keyof typeof elementwise](x, dtype);
