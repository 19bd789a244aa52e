import type { DType } from "../dtype.js";
import type { Op, Spec } from "../op.js";
import type * as ops from "../ops/index.js";
import type { ProjectAttrs } from "../ops/project.js";
import { sizeOf } from "../shape.js";
import type { Piece } from "../trace/graph.js";
import type { ScanAttrs } from "../transform/scan-op.js";
import { isCount } from "./malformed.js";

// What the attributes of each op may be: an op trusts its own, which methods have checked, but
// nobody has checked those of a file.

/** Whether a value is possible beside these inputs and the attributes listed before it. */
type Accepts = (value: unknown, x: readonly Spec[], before: Attributes) => boolean;

type Attributes = Readonly<Record<string, unknown>>;

interface Attribute {
  readonly expected: string;
  readonly accepts: Accepts;
}

type Ops = typeof ops;
type AttrsOf<K extends keyof Ops> = Ops[K] extends Op<infer A> ? A : never;
type WithAttrs = { [K in keyof Ops]: unknown extends AttrsOf<K> ? never : K }[keyof Ops];
type Row<A> = { readonly [F in keyof A]-?: Attribute };

const attribute = (expected: string, accepts: Accepts): Attribute => ({ expected, accepts });

const isList = (value: unknown, of: (item: unknown, i: number) => boolean): value is unknown[] =>
  Array.isArray(value) && value.every(of);
const isDistinct = (list: readonly unknown[]) => new Set(list).size === list.length;
const isAxis = (axis: unknown, x: Spec | undefined) => isCount(axis) && axis < x!.shape.length;
const areAxes = (value: unknown, x: Spec | undefined): boolean =>
  isList(value, (axis) => isAxis(axis, x)) && isDistinct(value);

const number = attribute("a number", (value) => typeof value === "number");
const count = attribute("an integer of at least 0", isCount);
const flag = attribute("true or false", (value) => typeof value === "boolean");
const axis = attribute("an axis of the input", (value, [x]) => isAxis(value, x));
const axes = attribute("different axes of the input", (value, [x]) => areAxes(value, x));
const shape = attribute("a shape", (value) => isList(value, isCount));
const perAxis = attribute(
  "an integer of at least 0 for each axis",
  (value, [x]) => isList(value, isCount) && value.length === x!.shape.length,
);
const steps = attribute(
  "an integer of at least 1 for each axis",
  (value, [x]) =>
    isList(value, (step) => isCount(step) && step > 0) && value.length === x!.shape.length,
);
const positive = attribute("an integer of at least 1", (value) => isCount(value) && value > 0);
const dtype = attribute("a dtype", (value) => isDType(value));
const float = attribute(
  "float32 or float64",
  (value) => value === "float32" || value === "float64",
);
const pairs = attribute(
  "different axes of both inputs, as many of one as of the other",
  (value, [a, b]) => {
    if (!Array.isArray(value) || value.length !== 2) return false;
    const [left, right] = value;
    return areAxes(left, a) && areAxes(right, b) && left.length === right.length;
  },
);
const otherPairs = attribute("axes that are not contracted", (value, x, { axes }) => {
  if (!pairs.accepts(value, x, {})) return false;
  const [taken, own] = [axes, value] as readonly (readonly [number[], number[]])[];
  return taken!.every((list, side) => isDistinct([...list, ...own![side]!]));
});

/** One row an op that has attributes, one entry an attribute: the compiler counts them. */
const table: { readonly [K in WithAttrs]: Row<AttrsOf<K>> } = {
  argmax: { axis },
  argmin: { axis },
  argsort: { axis, descending: flag },
  broadcastTo: { shape },
  cast: { dtype },
  concat: { axis },
  contract: { axes: pairs, batch: otherPairs },
  flip: { axes },
  fold: { axis, length: count, step: positive, dilation: positive },
  gather: { axis },
  linearRecurrence: { axis, reverse: flag },
  max: { axes },
  min: { axes },
  oneHot: { classes: count, dtype },
  pad: { before: perAxis, after: perAxis, gaps: perAxis, value: number },
  prod: { axes },
  randomPermutation: { count },
  randomUniform: { shape, dtype: float, min: number, max: number },
  reshape: {
    shape: attribute("a shape of as many elements as the input has", (value, [x]) => {
      return isList(value, isCount) && sizeOf(value as number[]) === sizeOf(x!.shape);
    }),
  },
  scatterAdd: { axis },
  slice: {
    starts: perAxis,
    steps,
    counts: attribute("how many elements there are from each start", (value, [x], before) => {
      const { starts, steps } = before as Record<string, number[]>;
      const fits = (n: unknown, i: number) =>
        isCount(n) && (n === 0 || starts![i]! + (n - 1) * steps![i]! < x!.shape[i]!);
      return isList(value, fits) && value.length === x!.shape.length;
    }),
  },
  sum: { axes },
  threefry: { shape, first: count },
  transpose: {
    order: attribute("every axis of the input once", (value, [x]) => {
      return areAxes(value, x) && (value as number[]).length === x!.shape.length;
    }),
  },
  unfold: { axis, size: positive, step: positive, dilation: positive },
};

/** A graph inside a node; in the file, its number. */
export const piece = attribute("a piece of the file", (value) => typeof value === "object");

/** The same for ops that hold pieces or several results. */
const calls: {
  readonly checkpoint: Row<{ piece: Piece }>;
  readonly project: Row<Omit<ProjectAttrs, "spec">>;
  readonly scan: Row<ScanAttrs>;
} = {
  checkpoint: { piece },
  project: { index: count },
  scan: {
    step: piece,
    carries: count,
    sequences: count,
    results: count,
    length: count,
    reverse: flag,
    recompute: flag,
  },
};

const rows = new Map<string, Readonly<Record<string, Attribute>>>([
  ...Object.entries(table),
  ...Object.entries(calls),
]);

/** The attributes of a built-in op, in the order of the file. */
export const attributesOf = (op: string): readonly (readonly [string, Attribute])[] =>
  Object.entries(rows.get(op) ?? {});

const DTYPES: readonly DType[] = ["float32", "float64", "int32", "bool"];
export const isDType = (value: unknown): value is DType => DTYPES.includes(value as DType);
