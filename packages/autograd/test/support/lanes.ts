import type { Expression, LaneDType } from "../../src/numerics/special/lane.js";
import { Lane, ROOT_HALF } from "../../src/numerics/special/lane.js";

/** What an operation gives that is asked for more than it promises: it must not reach a result. */
const GARBAGE = 1.375;

type Value = number | boolean;

/**
 * Works a special function out as a vector unit does, from its definition alone: operation by
 * operation, both sides of every choice, bits by integers. It is slow, and shares no code with
 * what is printed.
 */
export function inLanes(
  definition: (...x: Lane[]) => Lane,
  dtype: LaneDType,
): (...x: number[]) => number {
  const root = definition(...[0, 1].slice(0, definition.length).map((i) => Lane.input(dtype, i)));
  const order = sorted(root);
  const places = new Map(order.map((x, i) => [x, i]));
  const steps = order.map((x) => ({
    x,
    run: operations[x.op] as (x: Operands, self: Lane) => Value,
    inputs: x.inputs.map((input) => places.get(input)!),
  }));
  const round = dtype === "float32" ? Math.fround : (value: number) => value;
  return (...args) => {
    const values: Value[] = [];
    for (const { x, run, inputs } of steps) {
      const operands = x.op === "input" ? args : inputs.map((i) => values[i]!);
      const value = run(operands as unknown as Operands, x as Lane);
      values.push(typeof value === "number" ? round(value) : value);
    }
    return values.at(-1) as number;
  };
}

type Operands = readonly [number, number, number];

const operations: { readonly [K in Expression["op"]]: (x: Operands, self: Lane) => Value } = {
  input: (x, { value }) => x[value]!,
  constant: (_, { value }) => value,
  add: ([a, b]) => a + b,
  sub: ([a, b]) => a - b,
  mul: ([a, b]) => a * b,
  div: ([a, b]) => a / b,
  neg: ([a]) => -a,
  abs: ([a]) => Math.abs(a),
  sqrt: ([a]) => Math.sqrt(a),
  floor: ([a]) => Math.floor(a),
  nearest: ([a], { dtype }) => {
    if (!(Math.abs(a) < (dtype === "float32" ? 2 ** 22 : 2 ** 51))) return GARBAGE;
    const below = Math.floor(a);
    const isOdd = below % 2 !== 0;
    return (a - below > 0.5 || (a - below === 0.5 && isOdd) ? below + 1 : below) + 0;
  },
  high: ([a], { dtype }) =>
    dtype === "float32"
      ? ofBits(bitsOf(a, dtype) & ~0xfffn, dtype)
      : ofBits((bitsOf(a, dtype) >> 32n) << 32n, dtype),
  powerOfTwo: ([a], { dtype }) => {
    const bias = dtype === "float32" ? 127 : 1023;
    const isInRange = Number.isInteger(a) && a > -bias && a <= bias;
    return isInRange ? ofBits(BigInt(a + bias) << fractionOf(dtype), dtype) : GARBAGE;
  },
  exponent: ([a], { dtype }) => (isNormal(a, dtype) ? Number(exponentOf(a, dtype)) : GARBAGE),
  significand: ([a], { dtype }) =>
    isNormal(a, dtype)
      ? ofBits(bitsOf(a, dtype) - (exponentOf(a, dtype) << fractionOf(dtype)), dtype)
      : GARBAGE,
  where: ([mask, yes, no]) => (mask ? yes : no),
  perLane: ([a], { host }) => host!(a),
  eq: ([a, b]) => a === b,
  lt: ([a, b]) => a < b,
  le: ([a, b]) => a <= b,
  isNegative: ([a], { dtype }) => bitsOf(a, dtype) >> (dtype === "float32" ? 31n : 63n) === 1n,
  and: ([a, b]) => Boolean(a && b),
  or: ([a, b]) => Boolean(a || b),
  not: ([a]) => !a,
};

const fractionOf = (dtype: LaneDType) => (dtype === "float32" ? 23n : 52n);

const isNormal = (x: number, dtype: LaneDType) =>
  x >= (dtype === "float32" ? 2 ** -126 : 2 ** -1022) && x < Number.POSITIVE_INFINITY;

function exponentOf(x: number, dtype: LaneDType): bigint {
  const origin = dtype === "float32" ? BigInt(ROOT_HALF.float32) : BigInt(ROOT_HALF.float64) << 32n;
  return (bitsOf(x, dtype) - origin) >> fractionOf(dtype);
}

const view = new DataView(new ArrayBuffer(8));

function bitsOf(x: number, dtype: LaneDType): bigint {
  if (dtype === "float32") {
    view.setFloat32(0, x);
    return BigInt(view.getUint32(0));
  }
  view.setFloat64(0, x);
  return view.getBigUint64(0);
}

function ofBits(bits: bigint, dtype: LaneDType): number {
  if (dtype === "float32") {
    view.setUint32(0, Number(bits));
    return view.getFloat32(0);
  }
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

function sorted(root: Expression): Expression[] {
  const order = new Set<Expression>();
  const visit = (x: Expression): void => {
    if (order.has(x)) return;
    for (const input of x.inputs) visit(input);
    order.add(x);
  };
  visit(root);
  return [...order];
}
