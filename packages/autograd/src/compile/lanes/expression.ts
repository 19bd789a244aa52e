import type { DType } from "../../dtype.js";
import type { LaneOp, MaskOp } from "../../numerics/special/lane.js";

/** What the engine needs beyond the language that special functions are written in. */
type EngineOp =
  | "ceil"
  | "trunc"
  | "round"
  | "min"
  | "max"
  | "convert"
  | "reinterpret"
  | "special"
  | "xor"
  | "shiftLeft"
  | "shiftRight"
  | "shiftRightUnsigned";

export type ExpressionOp = LaneOp | MaskOp | EngineOp;

/** A function of float64 numbers that has no form in lanes: the module imports it, by identity. */
export type HostFunction = (a: number, b: number, c: number) => number;

/** The expression of a special function, made once and used by all kernels. */
export interface Body {
  readonly name: string;
  /** All terms but the inputs, operands first. */
  readonly terms: readonly Expression[];
  readonly inputs: readonly Expression[];
}

type Operand = Expression | number;

/**
 * A number, or for bool a yes or no, in each lane of a vector: what a kernel computes. Operands of
 * an operation have one dtype. Every operation rounds to its dtype; those of int32 wrap around.
 */
export class Expression {
  constructor(
    readonly op: ExpressionOp,
    readonly dtype: DType,
    readonly inputs: readonly Expression[] = [],
    /** The number of a `constant`, the index of an `input`, the distance of a shift. */
    readonly value: number = 0,
    /** The function of a `perLane`. */
    readonly host?: HostFunction,
    /** What a `special` function is made of, over inputs that stand for its own. */
    readonly body?: Body,
  ) {}

  /** A value from outside; inputs of one dtype and index are the same. */
  static input(dtype: DType, index: number): Expression {
    return new Expression("input", dtype, [], index);
  }

  /** A number, rounded to the dtype if that is float32. */
  static constant(dtype: DType, value: number): Expression {
    return new Expression("constant", dtype, [], dtype === "float32" ? Math.fround(value) : value);
  }

  /** A constant of the same dtype. */
  constant(value: number): Expression {
    return Expression.constant(this.dtype, value);
  }

  #operand(x: Operand): Expression {
    return typeof x === "number" ? this.constant(x) : x;
  }

  #unary(op: ExpressionOp, value = 0): Expression {
    return new Expression(op, this.dtype, [this], value);
  }

  #binary(op: ExpressionOp, other: Operand): Expression {
    return new Expression(op, this.dtype, [this, this.#operand(other)]);
  }

  #question(op: MaskOp, a: Operand, b: Operand): Expression {
    return new Expression(op, "bool", [this.#operand(a), this.#operand(b)]);
  }

  add(other: Operand): Expression {
    return this.#binary("add", other);
  }

  sub(other: Operand): Expression {
    return this.#binary("sub", other);
  }

  mul(other: Operand): Expression {
    return this.#binary("mul", other);
  }

  /** For floats. */
  div(other: Operand): Expression {
    return this.#binary("div", other);
  }

  /** The smaller one; NaN if either is, and −0 is below 0. */
  min(other: Operand): Expression {
    return this.#binary("min", other);
  }

  /** The larger one; NaN if either is, and −0 is below 0. */
  max(other: Operand): Expression {
    return this.#binary("max", other);
  }

  neg(): Expression {
    return this.#unary("neg");
  }

  abs(): Expression {
    return this.#unary("abs");
  }

  sqrt(): Expression {
    return this.#unary("sqrt");
  }

  floor(): Expression {
    return this.#unary("floor");
  }

  ceil(): Expression {
    return this.#unary("ceil");
  }

  trunc(): Expression {
    return this.#unary("trunc");
  }

  /** The nearest integer, ties to even, of any number. */
  round(): Expression {
    return this.#unary("round");
  }

  /** Of int32, bit by bit; of bool. */
  and(other: Operand): Expression {
    return this.#binary("and", other);
  }

  /** Of int32, bit by bit; of bool. */
  or(other: Operand): Expression {
    return this.#binary("or", other);
  }

  /** Of int32, bit by bit; of bool. */
  xor(other: Operand): Expression {
    return this.#binary("xor", other);
  }

  /** Of bool. */
  not(): Expression {
    return this.#unary("not");
  }

  shiftLeft(distance: number): Expression {
    return this.#unary("shiftLeft", distance);
  }

  shiftRight(distance: number): Expression {
    return this.#unary("shiftRight", distance);
  }

  shiftRightUnsigned(distance: number): Expression {
    return this.#unary("shiftRightUnsigned", distance);
  }

  rotateLeft(distance: number): Expression {
    return this.shiftLeft(distance).or(this.shiftRightUnsigned(32 - distance));
  }

  eq(other: Operand): Expression {
    return this.#question("eq", this, other);
  }

  lt(other: Operand): Expression {
    return this.#question("lt", this, other);
  }

  le(other: Operand): Expression {
    return this.#question("le", this, other);
  }

  gt(other: Operand): Expression {
    return this.#question("lt", other, this);
  }

  ge(other: Operand): Expression {
    return this.#question("le", other, this);
  }

  /** Of bool: `yes` where it holds, `no` elsewhere. A lane that is not taken may hold anything. */
  where(yes: Expression, no: Operand): Expression;
  where(yes: Operand, no: Expression): Expression;
  where(yes: Operand, no: Operand): Expression {
    const like = (typeof yes === "number" ? no : yes) as Expression;
    return new Expression("where", like.dtype, [this, like.#operand(yes), like.#operand(no)]);
  }

  /** The number that an element of another dtype holds after this one is stored in it. */
  convert(dtype: DType): Expression {
    return dtype === this.dtype ? this : new Expression("convert", dtype, [this]);
  }

  /** The same bits as another dtype of 32 bits. */
  reinterpret(dtype: "float32" | "int32"): Expression {
    return new Expression("reinterpret", dtype, [this]);
  }
}

/**
 * Calls a function for each lane. Slow: behind a `where`, it is called for the lanes that take it.
 * A result for int32 must be one.
 */
export const perLane = (host: HostFunction, ...x: readonly Expression[]): Expression =>
  new Expression("perLane", x[0]!.dtype, x, 0, host);
