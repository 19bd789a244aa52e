import { describe, expect, test } from "vitest";
import { elementwise } from "../../src/compile/lower/elementwise.js";
import type { TypedArray } from "../../src/dtype.js";
import { allocate, type DType } from "../../src/dtype.js";
import { execute } from "../../src/execute.js";
import { NDArray } from "../../src/ndarray.js";
import type { Op, Spec } from "../../src/op.js";
import * as ops from "../../src/ops/index.js";
import { stream } from "../support/draw.js";
import { inLaneKernel } from "../support/lane-kernel.js";
import { golden, goldenPoints } from "../support/special-points.js";

const FAMILIES = ["unary", "binary", "comparison", "selection"];
const all = (Object.values(ops) as Op[]).filter(({ family }) => FAMILIES.includes(family));
const dtypes = ["float32", "float64", "int32", "bool"] as const;

/** Numbers at which something changes. */
const edges = [
  0,
  1e-310,
  1e-45,
  1e-40,
  1.1754943508222875e-38,
  2.2250738585072014e-308,
  1e-30,
  1e-9,
  0.25,
  0.3,
  0.49999999999999994,
  0.5,
  0.75,
  1,
  1.0000001,
  1.5,
  2,
  2.5,
  3,
  3.5,
  5,
  7.3,
  9.5,
  17,
  60,
  88.7,
  89,
  104,
  710,
  746,
  1e4,
  8388607.5,
  8388609,
  2 ** 24 + 2,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 31 + 2 ** 8,
  2 ** 32,
  2 ** 32 + 2 ** 9,
  2 ** 40 + 2 ** 20,
  2 ** 53,
  2 ** 60 + 2 ** 12,
  1e20,
  3.4028234663852886e38,
  1e300,
  Number.MAX_VALUE,
  Infinity,
].flatMap((x) => [x, -x]);
const turns = [1, 2, 3, 4, 11, 710, 1e6, 1e10].map((n) => (n * Math.PI) / 2);

const uniform = stream("lanes");
const word = () => Math.floor(2 ** 32 * uniform());

const bits = new DataView(new ArrayBuffer(8));
/** Floats of every exponent and sign. */
function anyFloat(dtype: DType): number {
  bits.setUint32(0, word());
  bits.setUint32(4, word());
  return dtype === "float32" ? bits.getFloat32(0) : bits.getFloat64(0);
}

/** Numbers to try: edges, multiples of a right angle, and at random. */
function pointsOf(dtype: DType): number[] {
  if (dtype === "bool") return [0, 1, 1, 0, 0, 1];
  const some = <T>(count: number, f: () => T) => Array.from({ length: count }, f);
  if (dtype === "int32") {
    const small = some(100, () => Math.floor(uniform() * 200) - 100);
    return [
      ...edges.filter(Number.isInteger),
      -(2 ** 31),
      46341,
      65536,
      ...small,
      ...some(200, () => word() | 0),
    ];
  }
  return [
    ...edges,
    ...turns,
    Number.NaN,
    ...some(300, () => 20 * uniform() - 10),
    ...some(100, () => 2 * uniform() - 1),
    ...some(100, () => 300 * uniform() - 150),
    ...some(300, () => anyFloat(dtype)),
  ];
}

const arrayOf = (dtype: DType, values: readonly number[]): TypedArray => {
  const array = allocate(dtype, values.length);
  array.set(values);
  return array;
};

/** Operands of one length: of two, every edge meets every edge. */
function operandsOf(op: Op, own: readonly DType[]): TypedArray[] {
  const points = own.map((dtype) => [...pointsOf(dtype), ...goldenOf(op, own.length, dtype)]);
  const [first, second] = points as [number[], number[]?];
  if (own.length !== 2) {
    const length = Math.max(...points.map((list) => list.length));
    return points.map((list, i) => arrayOf(own[i]!, repeated(list, length)));
  }
  const met = first
    .slice(0, edges.length)
    .flatMap((a) => second!.slice(0, edges.length).map((b) => [a, b]));
  const pairs = [
    ...met,
    ...first.map((a) => [a, second![Math.floor(uniform() * second!.length)]!]),
  ];
  return own.map((dtype, i) =>
    arrayOf(
      dtype,
      pairs.map((pair) => pair[i]!),
    ),
  );
}

const repeated = (list: readonly number[], length: number): number[] =>
  Array.from({ length }, (_, i) => list[i % list.length]!);

/** Where a special function is known to be hard. */
function goldenOf({ name }: Op, arity: number, dtype: DType): number[] {
  if (arity > 1 || dtype === "bool" || !(name in golden.functions)) return [];
  return goldenPoints(name).map(({ x }) => x[0]!);
}

const spec = (shape: Spec["shape"], dtype: DType): Spec => ({ shape, dtype });

/** The dtypes that an op takes, and its attributes. */
function casesOf(op: Op): { own: DType[]; attrs: { dtype: DType } | undefined }[] {
  const arity = op.family === "selection" ? 3 : op.family === "binary" ? 2 : op.scalar!.length;
  return dtypes.flatMap((dtype) => {
    const own =
      arity === 3 ? (["bool", dtype, dtype] as DType[]) : new Array<DType>(arity).fill(dtype);
    const attrs = op.name === "cast" ? dtypes.map((to) => ({ dtype: to })) : [undefined];
    return attrs.filter((some) => accepts(op, own, some)).map((some) => ({ own, attrs: some }));
  });
}

function accepts(op: Op, own: readonly DType[], attrs: unknown): boolean {
  try {
    op.dtype(
      own.map((dtype) => spec([], dtype)),
      attrs,
    );
    return true;
  } catch {
    return false;
  }
}

test("every op that works element by element is written in lanes", () => {
  expect(Object.keys(elementwise).sort()).toEqual(all.map(({ name }) => name).sort());
});

const cases = all.flatMap((op) => casesOf(op).map((each) => ({ op, ...each })));

describe("lanes give the bits of eager", () => {
  test.each(
    cases.map(
      ({ op, own, attrs }) =>
        [op.name, `${own}${attrs ? ` to ${attrs.dtype}` : ""}`, op, own, attrs] as const,
    ),
  )("%s of %s", (_, __, op, own, attrs) => {
    const operands = operandsOf(op, own);
    const shape = [operands[0]!.length];
    const specs = own.map((dtype) => spec(shape, dtype));
    const result = spec(shape, op.dtype(specs, attrs));
    const arrays = operands.map((data, i) => new NDArray(data, own[i]!, shape));
    const expected = (execute(op, specs, arrays, attrs, result) as NDArray).data;
    const lower = elementwise[op.name as keyof typeof elementwise];
    const compiled = inLaneKernel(operands, own, result.dtype, (x) => lower(x, result.dtype));
    const wrong = [...expected].flatMap((value, i) =>
      Object.is(value, compiled.result[i])
        ? []
        : [{ x: operands.map((x) => x[i]), value, got: compiled.result[i] }],
    );
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});
