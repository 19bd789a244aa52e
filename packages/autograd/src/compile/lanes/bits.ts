import { ROOT_HALF } from "../../numerics/special/lane.js";
import type { Instruction, Instructions } from "./instruction.js";

/** An operation on one vector of floats, by way of their bits. */
type Bits = (pool: Instructions, x: Instruction) => Instruction;

/** The bits of x less those of √½: the exponent, above a fraction. */
const aboveRootHalf: { readonly float32: Bits; readonly float64: Bits } = {
  float32: (pool, x) => pool.make("i32x4.sub", [x, pool.constant("int32", ROOT_HALF.float32)]),
  float64: (pool, x) => pool.make("i64x2.sub", [x, pool.word(ROOT_HALF.float64)]),
};

/** x + c − c is the integer nearest to x: 1.5 times where floats begin to be integers. */
const MIDDLE = { float32: 1.5 * 2 ** 23, float64: 1.5 * 2 ** 52 };

/** The operations of the lane language that look into numbers. */
export const onBits: {
  readonly [op in "nearest" | "high" | "powerOfTwo" | "exponent" | "significand" | "isNegative"]: {
    readonly float32: Bits;
    readonly float64: Bits;
  };
} = {
  nearest: {
    float32: (pool, x) => {
      const c = pool.constant("float32", MIDDLE.float32);
      return pool.make("f32x4.sub", [pool.make("f32x4.add", [x, c]), c]);
    },
    float64: (pool, x) => {
      const c = pool.constant("float64", MIDDLE.float64);
      return pool.make("f64x2.sub", [pool.make("f64x2.add", [x, c]), c]);
    },
  },
  high: {
    float32: (pool, x) => pool.make("v128.and", [x, pool.constant("int32", -(2 ** 12))]),
    float64: (pool, x) => pool.make("v128.and", [x, pool.word(-1)]),
  },
  // As the lowest bits of a float that counts in ones: the biased exponent, which then moves up.
  powerOfTwo: {
    float32: (pool, x) => {
      const counted = pool.make("f32x4.add", [x, pool.constant("float32", 2 ** 23 + 127)]);
      return pool.make("i32x4.shl", [counted], [23]);
    },
    float64: (pool, x) => {
      const counted = pool.make("f64x2.add", [x, pool.constant("float64", 2 ** 52 + 1023)]);
      return pool.make("i64x2.shl", [counted], [52]);
    },
  },
  // In float64 by the same way back, since no instruction converts 64-bit integers.
  exponent: {
    float32: (pool, x) => {
      const exponent = pool.make("i32x4.shr_s", [aboveRootHalf.float32(pool, x)], [23]);
      return pool.make("f32x4.convert_i32x4_s", [exponent]);
    },
    float64: (pool, x) => {
      const biased = pool.make("i64x2.add", [
        aboveRootHalf.float64(pool, x),
        pool.constant("float64", 1),
      ]);
      const counted = pool.make("v128.or", [
        pool.make("i64x2.shr_u", [biased], [52]),
        pool.constant("float64", 2 ** 52),
      ]);
      return pool.make("f64x2.sub", [counted, pool.constant("float64", 2 ** 52 + 1023)]);
    },
  },
  significand: {
    float32: (pool, x) => {
      const exponent = pool.make("v128.and", [
        aboveRootHalf.float32(pool, x),
        pool.constant("int32", -(2 ** 23)),
      ]);
      return pool.make("i32x4.sub", [x, exponent]);
    },
    float64: (pool, x) => {
      const exponent = pool.make("v128.and", [
        aboveRootHalf.float64(pool, x),
        pool.word(-(2 ** 20)),
      ]);
      return pool.make("i64x2.sub", [x, exponent]);
    },
  },
  isNegative: {
    float32: (pool, x) => pool.make("i32x4.lt_s", [x, pool.constant("int32", 0)]),
    float64: (pool, x) => pool.make("i64x2.lt_s", [x, pool.word(0)]),
  },
};
