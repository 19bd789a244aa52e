import { einsum, type Tensor } from "../../../src/index.js";
import { at, build, exactSum } from "../plain.js";
import { einsum as expected } from "../product.js";
import { type Operation, ofOne } from "./operation.js";
import { asValue, broadcast, refuse, type Value } from "./value.js";

const areFinite = ({ data }: Value): boolean => data.every(Number.isFinite);

/**
 * Two values of floating point, the second fit for the first. They are finite: sums may be taken
 * before products, and 0 times infinity is where that shows.
 */
const pair = (
  name: string,
  isFirst: (shape: readonly number[]) => boolean,
  isSecond: (b: readonly number[], a: readonly number[]) => boolean,
  run: (a: Tensor, b: Tensor) => Tensor,
  mean: (a: Value, b: Value) => Value,
): Operation => ({
  name,
  plan: (choices) => {
    const first = choices.pickFloat(undefined, (a) => isFirst(a.shape) && areFinite(a));
    if (first === null) return null;
    const { shape } = choices.values[first]!;
    const second = choices.pickFloat(undefined, (b) => isSecond(b.shape, shape) && areFinite(b));
    if (second === null) return null;
    return {
      args: [first, second],
      run: ([a, b]) => run(a!, b!),
      mean: ([a, b]) => {
        refuse(a!.dtype !== b!.dtype, "two dtypes");
        refuse(a!.dtype === "bool", "no numbers");
        const y = mean(a!, b!);
        return a!.dtype === "int32" ? { ...y, dtype: "int32", data: y.data.map((x) => x | 0) } : y;
      },
    };
  },
});

function matmul(a: Value, b: Value): Value {
  refuse(a.shape.length === 0 || b.shape.length === 0, "a scalar");
  const left = a.shape.length === 1 ? [1, ...a.shape] : a.shape;
  const right = b.shape.length === 1 ? [...b.shape, 1] : b.shape;
  refuse(left.at(-1) !== right.at(-2), "inner sides differ");
  const batch = broadcast(left.slice(0, -2), right.slice(0, -2));
  const full = build([...batch, left.at(-2)!, right.at(-1)!], (index) => {
    const [i, j] = index.slice(-2) as [number, number];
    const lead = index.slice(0, -2);
    const terms = Array.from({ length: left.at(-1)! }, (_, k) => {
      const x = at({ shape: left, data: a.data }, [...lead, i, k]);
      return x * at({ shape: right, data: b.data }, [...lead, k, j]);
    });
    return exactSum(terms);
  });
  const shape = [
    ...batch,
    ...(a.shape.length === 1 ? [] : [left.at(-2)!]),
    ...(b.shape.length === 1 ? [] : [right.at(-1)!]),
  ];
  return asValue({ shape, data: full.data });
}

/** Equations and the ranks they ask for. */
const equations = ["ij,jk->ik", "ij,kj->k", "i,i->", "ij,ij->j", "ij,ji->", "ii,i->i"] as const;

const sums = equations.map((equation): Operation => {
  const [a, b] = equation.split("->")[0]!.split(",") as [string, string];
  const sidesOf = (letters: string, shape: readonly number[]) =>
    [...letters].map((letter, i) => [letter, shape[i]!] as const);
  const agree = (...terms: (readonly (readonly [string, number])[])[]) =>
    terms.every((one) => one.every((pair) => isLegal(pair, one, terms.flat())));
  // A side of 1 is repeated for another operand, but not along a diagonal.
  const isLegal = (
    [letter, side]: readonly [string, number],
    own: readonly (readonly [string, number])[],
    all: readonly (readonly [string, number])[],
  ) =>
    own.every(([other, s]) => other !== letter || s === side) &&
    all.every(([other, s]) => other !== letter || s === side || s === 1 || side === 1);
  return pair(
    `einsum ${equation}`,
    (shape) => shape.length === a.length && agree(sidesOf(a, shape)),
    (shape, first) => shape.length === b.length && agree(sidesOf(a, first), sidesOf(b, shape)),
    (x, y) => einsum(equation, x, y),
    (x, y) => {
      refuse(x.shape.length !== a.length || y.shape.length !== b.length, "ranks");
      refuse(!agree(sidesOf(a, x.shape), sidesOf(b, y.shape)), "sides");
      return asValue(expected(equation)(x, y));
    },
  );
});

/** By the minors of its first row. */
function determinant(rows: readonly (readonly number[])[]): number {
  if (rows.length === 0) return 1;
  const [first, ...rest] = rows as [readonly number[], ...(readonly number[])[]];
  return exactSum(
    first.map((x, j) => (j % 2 ? -x : x) * determinant(rest.map((row) => row.toSpliced(j, 1)))),
  );
}

const det = ofOne(
  "det",
  (choices) =>
    choices.isTame
      ? choices.pickFloat(
          (x) => Math.abs(x) < 5,
          ({ shape }) => isSquare(shape),
        )
      : null,
  (x) => {
    if (x.dtype !== "float64" || !isSquare(x.shape)) return null;
    return {
      run: (x) => x.det(),
      mean: (x) => {
        const side = x.shape.at(-1)!;
        const places = Array.from({ length: side }, (_, i) => i);
        const minor = (lead: readonly number[]) =>
          places.map((i) => places.map((j) => at(x, [...lead, i, j])));
        return asValue(build(x.shape.slice(0, -2), (lead) => determinant(minor(lead))));
      },
    };
  },
);

/** The x of (A·Aᵀ + 1)·x = b for a vector b, by Cramer's rule; that matrix is never singular. */
const solve = pair(
  "solve (A·Aᵀ + 1)",
  (a) => a.length === 2 && isSquare(a),
  (b, a) => b.length === 1 && b[0] === a[0],
  (a, b) => {
    const side = a.shape[0] ?? 0;
    const one = Array.from({ length: side ** 2 }, (_, i) => Number(i % (side + 1) === 0));
    return a.matmul(a.transpose()).add(a.constantLike(one)).solve(b);
  },
  (a, b) => {
    refuse(a.shape.length !== 2 || !isSquare(a.shape) || b.shape.length !== 1, "no system");
    refuse(b.shape[0] !== a.shape[0], "sides differ");
    const places = Array.from({ length: a.shape[0]! }, (_, i) => i);
    const rows = places.map((i) => places.map((j) => gram(a, i, j) + Number(i === j)));
    const replaced = (k: number) => rows.map((row, i) => row.with(k, b.data[i]!));
    const total = determinant(rows);
    return asValue({ shape: b.shape, data: places.map((k) => determinant(replaced(k)) / total) });
  },
);

/** The inner product of two rows. */
const gram = (a: Value, i: number, j: number): number => {
  const side = a.shape[1]!;
  const row = (i: number) => a.data.slice(i * side, (i + 1) * side);
  return exactSum(row(i).map((x, k) => x * row(j)[k]!));
};

const isSquare = (shape: readonly number[]): boolean =>
  shape.length >= 2 && shape.at(-1) === shape.at(-2) && shape.at(-1)! <= 3;

const isSame = (a: readonly number[], b: readonly number[]) => String(a) === String(b);

export const products: readonly Operation[] = [
  pair(
    "matmul",
    (a) => a.length > 0,
    (b, a) =>
      b.length > 0 &&
      a.at(-1) === (b.length > 1 ? b.at(-2) : b[0]) &&
      (a.length < 3 || b.length < 3),
    (a, b) => a.matmul(b),
    matmul,
  ),
  pair(
    "dot",
    (a) => a.length > 0,
    (b, a) => b.length === 1 && b[0] === a.at(-1),
    (a, b) => a.dot(b),
    (a, b) => {
      refuse(a.shape.length === 0 || b.shape.length !== 1, "ranks");
      return matmul(a, b);
    },
  ),
  pair(
    "outer",
    (a) => a.length === 1,
    (b) => b.length === 1,
    (a, b) => a.outer(b),
    (a, b) => {
      refuse(a.shape.length !== 1 || b.shape.length !== 1, "no vectors");
      const shape = [a.shape[0]!, b.shape[0]!];
      return asValue(build(shape, ([i, j]) => a.data[i!]! * b.data[j!]!));
    },
  ),
  pair(
    "linearRecurrence",
    (a) => a.length > 0 && a.at(-1)! < 6,
    (b, a) => isSame(a, b),
    (a, b) => a.linearRecurrence(b),
    (a, b) => {
      const shape = broadcast(a.shape, b.shape);
      refuse(shape.length === 0, "a scalar");
      const h = (index: readonly number[]): number => {
        const t = index.at(-1)!;
        const term = at(b, index);
        return t === 0 ? term : at(a, index) * h(index.with(-1, t - 1)) + term;
      };
      return asValue(build(shape, h));
    },
  ),
  ...sums,
  det,
  solve,
];
