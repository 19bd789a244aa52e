/**
 * The language that special functions are written in: what one lane of a vector unit can do, and
 * nothing else. A definition such as `exp` takes lanes and returns a lane; what it builds is an
 * expression, which is printed as TypeScript for the eager executor and lowered to WebAssembly
 * SIMD by the compiler. Every operation rounds to the dtype, so both give the same bits.
 */
export type LaneDType = "float32" | "float64";

/** Operations whose result is a number. */
export type LaneOp =
  | "input"
  | "constant"
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "neg"
  | "abs"
  | "sqrt"
  | "floor"
  | "nearest"
  | "high"
  | "powerOfTwo"
  | "exponent"
  | "significand"
  | "where"
  | "perLane";

/** Operations whose result is a yes or no for each lane. */
export type MaskOp = "eq" | "lt" | "le" | "isNegative" | "and" | "or" | "not";

export type Expression = Lane | Mask;

/**
 * √½ to twenty bits of its fraction, as the leading word of a float64 and as the word of a float32:
 * the exponent and the significand below change there.
 */
export const ROOT_HALF = { float64: 0x3fe6a09e, float32: 0x3f3504f0 };

/** A function of one number that has no form in lanes; named, since the compiler imports it. */
export type HostFunction = (x: number) => number;

type Operand = Lane | number;

/** A number in each lane of a vector. */
export class Lane {
  private constructor(
    readonly op: LaneOp,
    readonly dtype: LaneDType,
    readonly inputs: readonly Expression[],
    /** The number of a `constant`, the index of an `input`. */
    readonly value: number = 0,
    /** The function of a `perLane`. */
    readonly host?: HostFunction,
  ) {}

  static input(dtype: LaneDType, index: number): Lane {
    return new Lane("input", dtype, [], index);
  }

  static where(mask: Mask, yes: Lane, no: Lane): Lane {
    return new Lane("where", yes.dtype, [mask, yes, no]);
  }

  /** A number of this lane's dtype, rounded to it. */
  constant(value: number): Lane {
    const rounded = this.dtype === "float32" ? Math.fround(value) : value;
    return new Lane("constant", this.dtype, [], rounded);
  }

  private operand(x: Operand): Lane {
    return typeof x === "number" ? this.constant(x) : x;
  }

  private unary(op: LaneOp): Lane {
    return new Lane(op, this.dtype, [this]);
  }

  private binary(op: LaneOp, other: Operand): Lane {
    return new Lane(op, this.dtype, [this, this.operand(other)]);
  }

  add(other: Operand): Lane {
    return this.binary("add", other);
  }

  sub(other: Operand): Lane {
    return this.binary("sub", other);
  }

  mul(other: Operand): Lane {
    return other === 1 ? this : this.binary("mul", other);
  }

  div(other: Operand): Lane {
    return this.binary("div", other);
  }

  neg(): Lane {
    return this.unary("neg");
  }

  abs(): Lane {
    return this.unary("abs");
  }

  sqrt(): Lane {
    return this.unary("sqrt");
  }

  floor(): Lane {
    return this.unary("floor");
  }

  /** The nearest integer, ties to even, never −0: x + c − c. For |x| < 2²² (float64: 2⁵¹). */
  nearest(): Lane {
    return this.unary("nearest");
  }

  /** The leading bits: 12 of float32's 24, 21 of float64's 53; a square of it is exact. */
  high(): Lane {
    return this.unary("high");
  }

  /** 2ˣ for an integer x between the exponents of the smallest and the largest normal number. */
  powerOfTwo(): Lane {
    return this.unary("powerOfTwo");
  }

  /** The e in x = s·2ᵉ with √½ ≤ s < √2 (by ROOT_HALF), for a positive normal number. */
  exponent(): Lane {
    return this.unary("exponent");
  }

  /** The s in x = s·2ᵉ with √½ ≤ s < √2 (by ROOT_HALF), for a positive normal number. */
  significand(): Lane {
    return this.unary("significand");
  }

  /** Leaves the vector: calls a function for each lane. For a rare slow path, behind a `where`. */
  perLane(host: HostFunction): Lane {
    return new Lane("perLane", this.dtype, [this], 0, host);
  }

  eq(other: Operand): Mask {
    return new Mask("eq", [this, this.operand(other)]);
  }

  lt(other: Operand): Mask {
    return new Mask("lt", [this, this.operand(other)]);
  }

  le(other: Operand): Mask {
    return new Mask("le", [this, this.operand(other)]);
  }

  gt(other: Operand): Mask {
    return new Mask("lt", [this.operand(other), this]);
  }

  ge(other: Operand): Mask {
    return new Mask("le", [this.operand(other), this]);
  }

  /** Whether the sign bit is set: of −0 too. Not for NaN, whose sign is nobody's business. */
  isNegative(): Mask {
    return new Mask("isNegative", [this]);
  }
}

/** A yes or no in each lane. */
export class Mask {
  constructor(
    readonly op: MaskOp,
    readonly inputs: readonly Expression[],
  ) {}

  and(other: Mask): Mask {
    return new Mask("and", [this, other]);
  }

  or(other: Mask): Mask {
    return new Mask("or", [this, other]);
  }

  not(): Mask {
    return new Mask("not", [this]);
  }

  /** `yes` where the mask holds, `no` elsewhere. A lane that is not taken may hold anything. */
  where(yes: Lane, no: Operand): Lane;
  where(yes: Operand, no: Lane): Lane;
  where(yes: Operand, no: Operand): Lane {
    const like = (typeof yes === "number" ? no : yes) as Lane;
    const lane = (x: Operand) => (typeof x === "number" ? like.constant(x) : x);
    return Lane.where(this, lane(yes), lane(no));
  }
}

/** a − x, for a number on the left. */
export const sub = (a: number, x: Lane): Lane => x.constant(a).sub(x);

/** a / x, for a number on the left. */
export const div = (a: number, x: Lane): Lane => x.constant(a).div(x);

/** c₀ + c₁·x + c₂·x² + …, by Horner's rule. */
export const polynomial = (x: Lane, coefficients: readonly number[]): Lane =>
  coefficients
    .slice(0, -1)
    .reduceRight<Operand>((sum, c) => x.mul(sum).add(c), coefficients.at(-1)!) as Lane;

/** `y` with the sign of x, for an odd function that was worked out on |x|; ±0 and NaN are x. */
export const odd = (x: Lane, y: Lane): Lane => x.gt(0).where(y, x.lt(0).where(y.neg(), x));
