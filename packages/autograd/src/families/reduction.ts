import { rounded } from "../dtype.js";
import type { NDArray } from "../ndarray.js";
import { type Formula, type Op, primitive, type Rules, type Spec, type Tensor } from "../op.js";

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
