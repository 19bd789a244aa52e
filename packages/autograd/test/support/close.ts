import {
  type DType,
  type Nested,
  type Operand,
  Operand as OperandClass,
  tensor,
} from "../../src/index.js";
import { sameBits, ulpsBetween } from "./bits.js";

export interface Tolerance {
  readonly rtol?: number;
  readonly atol?: number;
  /** Tells 0 from −0. */
  readonly signedZeros?: boolean;
}

/** What a test may expect: a tensor, whose dtype must agree too, or nested numbers and booleans. */
export type Expected = Operand | Nested;

interface Flat {
  readonly shape: readonly number[];
  readonly dtype: DType | undefined;
  readonly data: ArrayLike<number>;
}

/**
 * Asserts |actual − expected| ≤ atol + rtol·|expected| for every element. NaN equals only NaN, and
 * an infinity only that of its sign. Shape and dtype are compared first.
 */
export function expectClose(actual: Expected, expected: Expected, tolerance: Tolerance = {}): void {
  const { rtol = 0, atol = 0, signedZeros = false } = tolerance;
  compare(actual, expected, (a, b) => {
    if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
    if (!Number.isFinite(a) || !Number.isFinite(b)) return a === b;
    if (signedZeros && a === 0 && b === 0) return sameBits(a, b);
    return Math.abs(a - b) <= atol + rtol * Math.abs(b);
  });
}

/** Asserts equality to the bit: 0 differs from −0, and all NaN are the same. */
export function expectSame(actual: Expected, expected: Expected): void {
  compare(actual, expected, sameBits);
}

/** Asserts that at most so many representable numbers lie between; NaN and ±∞ as above. */
export function expectWithinUlps(actual: Expected, expected: Expected, ulps: number): void {
  const { dtype } = flatten(expected);
  compare(actual, expected, (a, b) => sameBits(a, b) || ulpsBetween(a, b, dtype) <= ulps);
}

function compare(
  actual: Expected,
  expected: Expected,
  agree: (actual: number, expected: number) => boolean,
): void {
  const [a, b] = [flatten(actual), flatten(expected)];
  if (a.shape.join() !== b.shape.join()) {
    throw new Error(`expected shape [${b.shape.join(", ")}], got [${a.shape.join(", ")}]`);
  }
  if (a.dtype && b.dtype && a.dtype !== b.dtype) {
    throw new Error(`expected dtype ${b.dtype}, got ${a.dtype}`);
  }
  const wrong = Array.from({ length: b.data.length }, (_, i) => i).filter(
    (i) => !agree(a.data[i]!, b.data[i]!),
  );
  if (wrong.length === 0) return;
  const error = (i: number) => Math.abs(a.data[i]! - b.data[i]!);
  // A difference that is no number is worse than any that is one.
  const badness = (i: number) => (Number.isNaN(error(i)) ? Number.POSITIVE_INFINITY : error(i));
  const worst = wrong.reduce((most, i) => (badness(i) > badness(most) ? i : most));
  throw new Error(
    `${wrong.length} of ${b.data.length} elements differ, worst at [${placeOf(worst, b.shape)}]: ` +
      `expected ${show(b.data[worst]!)}, got ${show(a.data[worst]!)} ` +
      `(absolute error ${error(worst)}, relative ${error(worst) / Math.abs(b.data[worst]!)}, ` +
      `${ulpsBetween(a.data[worst]!, b.data[worst]!, a.dtype ?? b.dtype)} ulps)`,
  );
}

function flatten(value: Expected): Flat {
  if (value instanceof OperandClass) {
    const node = value.asTensor();
    return { shape: node.shape, dtype: node.dtype, data: node.toTypedArray() };
  }
  const node = tensor(value, { dtype: "float64" });
  return { shape: node.shape, dtype: undefined, data: node.toTypedArray() };
}

const show = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

function placeOf(at: number, shape: readonly number[]): string {
  let rest = at;
  const place = shape.toReversed().map((side) => {
    const index = rest % side;
    rest = Math.floor(rest / side);
    return index;
  });
  return place.reverse().join(", ");
}
