import { ShapeError } from "../errors.js";
import { type Formula, type Op, primitive, type Spec, type Tensor } from "../op.js";
import { showShape } from "../shape.js";
import { foldable } from "./reduction.js";

/** Refuses to look for the largest or smallest of no elements. */
export function nonEmpty(op: string, { shape }: Spec, axes: readonly number[]): void {
  const empty = axes.find((axis) => shape[axis] === 0);
  if (empty === undefined) return;
  const kind = op.endsWith("max") ? "maximum" : "minimum";
  throw new ShapeError(op, `axis ${empty} of shape ${showShape(shape)} is empty: no ${kind}`, {
    shapes: [shape],
    axis: empty,
    fix: `leave empty tensors out before taking a ${kind}`,
  });
}

interface IndexOf {
  readonly name: string;
  readonly formula: Formula;
  /** Whether an element beats the best before it. */
  readonly isBetter: (value: number, best: number) => boolean;
}

/** The index along one axis of the first element that no other beats, as int32. */
export const indexOfBest = ({ isBetter, ...op }: IndexOf): Op<{ readonly axis: number }> =>
  primitive<readonly [Tensor], { readonly axis: number }>({
    ...op,
    family: "reduction",
    shape: ([x], { axis }) => {
      nonEmpty(op.name, x!, [axis]);
      return x!.shape.filter((_, i) => i !== axis);
    },
    dtype: () => "int32",
    forward: (out, [x], { axis }) => {
      const { data, start, step, count } = foldable(x!, [axis]);
      for (let i = 0; i < out.data.length; i++) {
        const first = start(i);
        let best = 0;
        for (let k = 1; k < count; k++) {
          if (isBetter(data[first + k * step]!, data[first + best * step]!)) best = k;
        }
        out.data[i] = best;
      }
    },
    vjp: [null],
    batch: ({ x, attrs: { axis }, apply }) => apply(x, { axis: axis + 1 }),
  });
