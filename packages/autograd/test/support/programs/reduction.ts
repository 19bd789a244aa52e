import type { Tensor } from "../../../src/index.js";
import { at, build, exactSum, fold } from "../plain.js";
import { type Choices, type Operation, ofOne } from "./operation.js";
import { asValue, refuse, rows, type Value } from "./value.js";

type Fold = (list: readonly number[]) => number;

const hasNaN = (list: readonly number[]): boolean => list.some(Number.isNaN);

const variance: Fold = (list) => {
  const mean = exactSum(list) / list.length;
  return exactSum(list.map((x) => (x - mean) ** 2)) / (list.length - 1);
};

const logSumExp: Fold = (list) => {
  const top = hasNaN(list) ? Number.NaN : list.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!Number.isFinite(top)) return top;
  return top + Math.log(exactSum(list.map((x) => Math.exp(x - top))));
};

interface Reduction {
  readonly f: Fold;
  /** How many numbers each list has at least. */
  readonly least?: number;
  /** How many elements the whole may have, in a tame program: products grow. */
  readonly most?: number;
  /** Whether it has a slope: at equal numbers the root of no deviations has none. */
  readonly isWild?: boolean;
}

const reductions: Record<string, Reduction> = {
  sum: { f: exactSum },
  mean: { f: (list) => exactSum(list) / list.length, least: 1 },
  prod: { f: (list) => list.reduce((a, b) => a * b, 1), most: 6 },
  max: { f: (list) => list.reduce((a, b) => Math.max(a, b)), least: 1 },
  min: { f: (list) => list.reduce((a, b) => Math.min(a, b)), least: 1 },
  variance: { f: variance, least: 2 },
  std: { f: (list) => Math.sqrt(variance(list)), least: 2, isWild: true },
  norm: { f: (list) => Math.sqrt(exactSum(list.map((x) => x * x))), isWild: true },
  logSumExp: { f: logSumExp },
};

/** Some axes, sometimes named from the end; now and then one that there is not. */
function axesOf({ shape }: Value, choices: Choices): { axes: number[]; given: number[] } {
  const axes = shape.flatMap((_, axis) => (choices.below(2) ? [axis] : []));
  const wrong = choices.isCareless ? [shape.length] : [];
  const given = [...axes.map((axis) => (choices.below(2) ? axis - shape.length : axis)), ...wrong];
  return { axes: [...axes, ...wrong], given };
}

const folds = Object.entries(reductions).map(
  ([name, { f, least = 0, most = Infinity, isWild = false }]) =>
    ofOne(
      name,
      (choices) =>
        isWild && choices.isTame
          ? null
          : choices.pickFloat(undefined, ({ data }) => !choices.isTame || data.length <= most),
      (x, choices) => {
        const { axes, given } = axesOf(x, choices);
        const keepDims = choices.below(2) === 1;
        const count = axes.reduce((n, axis) => n * (x.shape[axis] ?? 1), 1);
        const isExtreme = name === "max" || name === "min";
        // What is refused of nothing may be asked for nothing; what is NaN of it warns.
        if (x.dtype !== "float64" || (count < least && !isExtreme)) return null;
        return {
          note: `[${given}]${keepDims ? ", keepDims" : ""}`,
          run: (x) =>
            (x as unknown as Record<string, (axes: number[], options: object) => Tensor>)[name]!(
              given,
              { keepDims },
            ),
          mean: (x) => {
            refuse(axes.includes(x.shape.length), "no such axis");
            refuse(isExtreme && count === 0, "the extreme of nothing");
            const { shape, data } = fold(x, axes, f);
            const kept = x.shape.map((side, axis) => (axes.includes(axis) ? 1 : side));
            return asValue({ shape: keepDims ? kept : shape, data });
          },
        };
      },
    ),
);

const quantifiers = Object.entries({
  all: (n: number, k: number) => n === k,
  any: (n: number) => n > 0,
});

const questions = quantifiers.map(([name, f]) =>
  ofOne(
    name,
    (choices) => choices.pick(({ dtype }) => dtype === "bool"),
    (x, choices) => {
      if (x.dtype !== "bool") return null;
      const { axes, given } = axesOf(x, choices);
      return {
        note: `[${given}]`,
        run: (x) => (name === "all" ? x.all(given) : x.any(given)),
        mean: (x) => {
          refuse(axes.includes(x.shape.length), "no such axis");
          const count = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
          return asValue(
            fold(x, axes, (list) => Number(f(count(list), list.length))),
            "bool",
          );
        },
      };
    },
  ),
);

/** Ascending, NaN last; equal ones in their order: the places. */
function order(row: readonly number[], sign: 1 | -1): number[] {
  const rank = (x: number) => (Number.isNaN(x) ? Infinity : x);
  const compare = (a: number, b: number) =>
    Number(Number.isNaN(a)) - Number(Number.isNaN(b)) ||
    (rank(a) < rank(b) ? -1 : Number(rank(a) > rank(b)));
  return row.map((_, i) => i).sort((i, j) => sign * compare(row[i]!, row[j]!) || i - j);
}

const running = (row: readonly number[], f: (a: number, b: number) => number): number[] =>
  row.map((_, i) => row.slice(0, i + 1).reduce(f));

/** Functions of whole rows along an axis: what they are called with, and what a row becomes. */
const alongAxis: Record<
  string,
  {
    run(x: Tensor, axis: number): Tensor;
    row(row: readonly number[]): readonly number[];
    dtype?: Value["dtype"];
    /** In place of the axis one element, or none. */
    single?: boolean;
    most?: number;
  }
> = {
  cumsum: { run: (x, axis) => x.cumsum(axis), row: (row) => running(row, (a, b) => a + b) },
  cumprod: {
    run: (x, axis) => x.cumprod(axis, { reverse: true }),
    row: (row) => running(row.toReversed(), (a, b) => a * b).reverse(),
    most: 5,
  },
  softmax: {
    run: (x, axis) => x.softmax(axis),
    row: (row) => row.map((x) => 1 / exactSum(row.map((other) => Math.exp(other - x)))),
  },
  logSoftmax: {
    run: (x, axis) => x.logSoftmax(axis),
    row: (row) => row.map((x) => x - logSumExp(row)),
  },
  sort: { run: (x, axis) => x.sort(axis), row: (row) => order(row, 1).map((i) => row[i]!) },
  argsort: {
    run: (x, axis) => x.argsort(axis, { descending: true }),
    row: (row) => order(row, -1),
    dtype: "int32",
  },
  argmax: {
    run: (x, axis) => x.argmax(axis),
    row: (row) => [order(row, -1)[0]!],
    dtype: "int32",
    single: true,
  },
  argmin: {
    run: (x, axis) => x.argmin(axis),
    row: (row) => [order(row, 1)[0]!],
    dtype: "int32",
    single: true,
  },
  topk: {
    run: (x, axis) => x.topk(1, axis).values,
    row: (row) => [row[order(row, -1)[0]!]!],
  },
};

const rowwise = Object.entries(alongAxis).map(
  ([name, { run, row, dtype, single = false, most = Infinity }]): Operation =>
    ofOne(
      name,
      (choices) =>
        choices.pickFloat(
          (x) => Number.isFinite(x),
          ({ shape, data }) =>
            shape.length > 0 &&
            data.every((x) => !Number.isFinite(x) || Math.abs(x) < 500) &&
            (!choices.isTame || shape.every((side) => side <= most)),
        ),
      (x, choices) => {
        if (x.dtype !== "float64" || x.shape.length === 0) return null;
        const axis = choices.below(x.shape.length);
        const isShort = single || name === "topk";
        if (isShort && x.shape[axis] === 0) return null;
        if (name.includes("oftmax") && !x.data.every(Number.isFinite)) return null;
        return {
          note: `axis ${axis}`,
          run: (x) => run(x, axis),
          mean: (x) => {
            const result = rows(x, axis, row, isShort ? 1 : undefined, dtype);
            if (!single) return result;
            const shape = result.shape.toSpliced(axis, 1);
            return asValue(
              build(shape, (index) => at(result, index.toSpliced(axis, 0, 0))),
              "int32",
            );
          },
        };
      },
    ),
);

export const reduction: readonly Operation[] = [...folds, ...questions, ...rowwise];
