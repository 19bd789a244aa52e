import { rounded } from "../../dtype.js";
import { PARITY, ROTATIONS } from "../../numerics/threefry.js";
import type { UniformAttrs } from "../../ops/randomUniform.js";
import type { Expression } from "../lanes/expression.js";

/** numerics/threefry.ts in the lanes of a vector: the two words of the hash, high word first. */
function threefry2x32(
  key0: Expression,
  key1: Expression,
  high: Expression,
  low: Expression,
): [Expression, Expression] {
  const keys = [key0, key1, key0.xor(key1).xor(PARITY)];
  let x = high.add(keys[0]!);
  let y = low.add(keys[1]!);
  for (let group = 1; group <= 5; group++) {
    for (const rotation of ROTATIONS[group % 2]!) {
      x = x.add(y);
      y = y.rotateLeft(rotation).xor(x);
    }
    x = x.add(keys[group % 3]!);
    y = y.add(keys[(group + 1) % 3]!).add(group);
  }
  return [x, y];
}

/** Words of the hashes of positions from `first` on: the first and the second one in turn. */
export function threefryWords(
  first: number,
  [key0, key1, position]: readonly Expression[],
): Expression {
  const low = position!.shiftRightUnsigned(1).add(first | 0);
  // Where the sum has wrapped around, it is smaller than what was added, as an unsigned number.
  const isBeyond = low.xor(SIGN).lt((first | 0) ^ SIGN);
  const high = isBeyond.where(low.constant(1), 0).add(Math.floor(first / 2 ** 32) | 0);
  const [x, y] = threefry2x32(key0!, key1!, high, low);
  return position!.and(1).eq(0).where(x, y);
}

/** 32 random bits for each position. */
export function randomBits([key0, key1, position]: readonly Expression[]): Expression {
  const [x, y] = threefry2x32(key0!, key1!, position!.constant(0), position!);
  return x.xor(y);
}

/** Uniform numbers, from as many bits as the mantissa holds. */
export function uniformNumbers(
  { dtype, min, max }: UniformAttrs,
  x: readonly Expression[],
): Expression {
  const [least, most] = [rounded(dtype, min), rounded(dtype, max)];
  const span = rounded(dtype, most - least);
  if (dtype === "float32") {
    const unit = randomBits(x)
      .shiftRightUnsigned(9)
      .convert("float32")
      .mul(2 ** -23);
    // An exact product and a sum in float64 round to what they are in float32.
    const isExact = least === 0 || Number.isInteger(Math.log2(span));
    const number = isExact ? unit : unit.convert("float64");
    return number.mul(span).add(least).max(least).convert("float32");
  }
  const [key0, key1, position] = x as readonly [Expression, Expression, Expression];
  const [high, low] = threefry2x32(key0, key1, position.constant(0), position);
  const leading = high
    .xor(SIGN)
    .convert("float64")
    .add(2 ** 31);
  const unit = leading.mul(2 ** 20).add(low.shiftRightUnsigned(12).convert("float64"));
  return unit
    .mul(2 ** -52)
    .mul(span)
    .add(least)
    .max(least);
}

const SIGN = -(2 ** 31);
