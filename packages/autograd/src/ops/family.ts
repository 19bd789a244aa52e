import { type DType, floatOf, rounded } from "../dtype.js";
import { DTypeError } from "../errors.js";
import { copyInto, forEachRow, type NDArray, rowLength, rowStep } from "../ndarray.js";
import {
  type BatchContext,
  type Formula,
  type Op,
  type Primitive,
  primitive,
  type Rules,
  type Spec,
  type Tensor,
} from "../op.js";
import { showShape } from "../shape.js";

type Scalar = NonNullable<Op["scalar"]>;

/** Lanes change nothing: the op works element by element, or on the last axes alone. */
export const lanewise = ({ x, attrs, apply }: BatchContext): Tensor => apply(x, attrs);

/** One lane after the other, for ops that know only one at a time. */
export const laneByLane = ({ x, lanes, attrs, apply }: BatchContext): Tensor => {
  const results = Array.from({ length: lanes }, (_, lane) =>
    apply(
      x.map((input) => input.slice(lane)),
      attrs,
    ).unsqueeze(0),
  );
  return results[0]!.concat(results.slice(1));
};

/** Applies a function of numbers to arrays of one shape, element by element. */
export function elementwise(out: NDArray, x: readonly NDArray[], scalar: Scalar): void {
  const [a, b = a, c = a] = x as readonly [NDArray, NDArray?, NDArray?];
  const result = out.data;
  if (x.every((array) => array.isContiguous)) {
    const [p, q, r] = [a.data, b.data, c.data];
    const size = result.length;
    if (x.length === 1) for (let i = 0; i < size; i++) result[i] = scalar(p[i]!, 0, 0);
    else if (x.length === 2) for (let i = 0; i < size; i++) result[i] = scalar(p[i]!, q[i]!, 0);
    else for (let i = 0; i < size; i++) result[i] = scalar(p[i]!, q[i]!, r[i]!);
    return;
  }
  const length = rowLength(out);
  const [stepA, stepB, stepC] = [rowStep(a), rowStep(b), rowStep(c)];
  forEachRow([a, b, c], ([atA, atB, atC], row) => {
    for (let i = 0; i < length; i++) {
      result[row * length + i] = scalar(
        a.data[atA! + i * stepA]!,
        b.data[atB! + i * stepB]!,
        c.data[atC! + i * stepC]!,
      );
    }
  });
}

interface Unary {
  readonly name: string;
  readonly formula: Formula;
  readonly scalar: (x: number) => number;
  /** How the dtype of the result follows from the input's; kept if left out. */
  readonly result?: (dtype: DType) => DType;
  readonly vjp: Rules<readonly [Tensor], unknown>;
}

/** A function of one number, applied to every element. */
export const unary = ({ result = (dtype) => dtype, ...op }: Unary): Op =>
  primitive<readonly [Tensor]>({
    ...op,
    family: "unary",
    shape: ([x]) => x!.shape,
    dtype: ([x]) => result(x!.dtype),
    forward: (out, x) => elementwise(out, x, op.scalar),
    batch: lanewise,
  });

/** A function of numbers proper: bool is refused, the dtype stays. */
export const numeric = (op: Omit<Unary, "result">): Op => {
  const any = unary(op);
  return { ...any, dtype: ([x]) => arithmetic(op.name, x!) };
};

/** A function that leaves the integers, such as a root or an exponential: they become float32. */
export const analytic = (op: Unary): Op => unary({ ...op, result: floatOf });

interface Binary {
  readonly name: string;
  readonly formula: Formula;
  readonly scalar: (a: number, b: number) => number;
  readonly result?: (dtype: DType) => DType;
  readonly vjp: Rules<readonly [Tensor, Tensor], unknown>;
}

/** A function of two numbers. Its inputs have one shape: broadcasting is recorded before it. */
export const binary = ({ result = (dtype) => dtype, ...op }: Binary): Op =>
  primitive<readonly [Tensor, Tensor]>({
    ...op,
    family: "binary",
    shape: ([a]) => a!.shape,
    dtype: ([a]) => result(arithmetic(op.name, a!)),
    forward: (out, x) => elementwise(out, x, op.scalar),
    batch: lanewise,
  });

/** The dtype of numbers; bool is refused. */
export function arithmetic(name: string, x: Spec): DType {
  if (x.dtype !== "bool") return x.dtype;
  throw new DTypeError(name, "expected numbers, got bool", {
    shapes: [x.shape],
    fix: 'convert with .cast("float32"), or select with condition.where(a, b)',
  });
}

/** A question about two numbers: the result is bool and carries no gradient. */
export const comparison = (op: Pick<Binary, "name" | "scalar"> & { readonly sign: string }): Op =>
  primitive<readonly [Tensor, Tensor]>({
    name: op.name,
    scalar: op.scalar,
    formula: { forward: `y = [a ${op.sign} b]`, vjp: ["none", "none"] },
    family: "comparison",
    shape: ([a]) => a!.shape,
    dtype: () => "bool",
    forward: (out, x) => elementwise(out, x, op.scalar),
    batch: lanewise,
    vjp: [null, null],
  });

/** The same elements in another place or order: a view, and its copy. */
export const movement = <A>(
  op: Omit<Primitive<readonly [Tensor], A>, "family" | "dtype" | "forward"> &
    Required<Pick<Op<A>, "view">>,
): Op<A> =>
  primitive<readonly [Tensor], A>({
    ...op,
    family: "movement",
    dtype: ([x]) => x!.dtype,
    forward: (out, [x], attrs) => copyInto(out, op.view(x!, out.shape, attrs)),
  });

/** The axes that a reduction folds away: sorted, without repeats. */
export interface ReduceAttrs {
  readonly axes: readonly number[];
}

interface Reduction {
  readonly name: string;
  readonly formula: Formula;
  check(x: Spec, attrs: ReduceAttrs): void;
  /** Folds `count` numbers of `data` from `start` on, `step` apart, into one. */
  fold(
    data: ArrayLike<number>,
    start: number,
    step: number,
    count: number,
    round: (value: number) => number,
  ): number;
  readonly vjp: Rules<readonly [Tensor], ReduceAttrs>;
}

/** Many numbers folded into one, over some axes. */
export const reduction = ({ check, fold, ...op }: Reduction): Op<ReduceAttrs> =>
  primitive<readonly [Tensor], ReduceAttrs>({
    ...op,
    family: "reduction",
    shape: ([x], attrs) => {
      check(x!, attrs);
      return x!.shape.filter((_, axis) => !attrs.axes.includes(axis));
    },
    dtype: ([x]) => x!.dtype,
    forward: (out, [x], { axes }) => {
      const { data, start, step, count } = foldable(x!, axes);
      const round = (value: number) => rounded(out.dtype, value);
      for (let i = 0; i < out.data.length; i++) {
        out.data[i] = fold(data, start(i), step, count, round);
      }
    },
    batch: ({ x, attrs, apply }) => apply(x, { axes: attrs.axes.map((axis) => axis + 1) }),
  });

/** Lays the folded axes out so that each result folds `count` elements, `step` apart. */
export function foldable(x: NDArray, axes: readonly number[]) {
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const count = axes.reduce((n, axis) => n * x.shape[axis]!, 1);
  const leading = axes.every((axis, i) => axis === i);
  const order = leading ? [...axes, ...kept] : [...kept, ...axes];
  const { data } = x
    .view(
      order.map((axis) => x.shape[axis]!),
      order.map((axis) => x.strides[axis]!),
    )
    .contiguous();
  const results = kept.reduce((n, axis) => n * x.shape[axis]!, 1);
  return leading
    ? { data, count, step: results, start: (i: number) => i }
    : { data, count, step: 1, start: (i: number) => i * count };
}

/** A random key is two words: an int32 tensor of shape [2]. */
export function checkKey(op: string, key: Spec): void {
  if (key.dtype === "int32" && key.shape.length === 1 && key.shape[0] === 2) return;
  throw new DTypeError(op, `expected a random key, got ${key.dtype} ${showShape(key.shape)}`, {
    shapes: [key.shape],
    fix: "make one with key(seed) or split(key)",
  });
}
