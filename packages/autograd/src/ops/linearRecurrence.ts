import { ShapeError } from "../errors.js";
import { arithmetic } from "../families/dtypes.js";
import { primitive, type Tensor } from "../op.js";
import { sameShape, showShape, sizeOf } from "../shape.js";

/** Along which axis the steps follow each other; in reverse the last one comes first. */
export interface RecurrenceAttrs {
  readonly axis: number;
  readonly reverse: boolean;
}

/**
 * The recurrence h[t] = a[t]·h[t−1] + b[t] along an axis, from h[−1] = 0: running sums, running
 * products, moving averages, diagonal state-space layers. The state is carried in float64 and
 * rounded where it is stored. Its derivative is another such recurrence, the other way.
 */
export const linearRecurrence = primitive<readonly [Tensor, Tensor], RecurrenceAttrs>({
  name: "linearRecurrence",
  family: "recurrence",
  formula: {
    forward: "y[t] = a[t]·y[t−1] + b[t]",
    vjp: ["ā[t] = b̄[t]·y[t−1]", "b̄[t] = ȳ[t] + a[t+1]·b̄[t+1]"],
  },
  shape: ([a, b]) => {
    if (sameShape(a!.shape, b!.shape)) return b!.shape;
    const [left, right] = [showShape(a!.shape), showShape(b!.shape)];
    throw new ShapeError("linearRecurrence", `the factors are ${left}, the terms ${right}`, {
      shapes: [a!.shape, b!.shape],
      fix: "broadcast one of them first",
    });
  },
  dtype: ([, b]) => arithmetic("linearRecurrence", b!),
  forward: (out, x, { axis, reverse }) => {
    const [a, b] = [x[0]!.contiguous().data, x[1]!.contiguous().data];
    const steps = out.shape[axis]!;
    const width = sizeOf(out.shape.slice(axis + 1));
    // Storing in it wraps as int32 does; floats are not rounded between the steps.
    const state = out.dtype === "int32" ? new Int32Array(width) : new Float64Array(width);
    for (let block = 0; block < out.data.length; block += steps * width) {
      for (let t = 0; t < steps; t++) {
        const row = block + (reverse ? steps - 1 - t : t) * width;
        for (let i = 0; i < width; i++) {
          const term = b[row + i]!;
          state[i] = t === 0 ? term : a[row + i]! * state[i]! + term;
          out.data[row + i] = state[i]!;
        }
      }
    }
  },
  vjp: [
    ({ g, x: [a], y, attrs }) => {
      if (g.size === 0) return g;
      const previous = earlier(y, attrs);
      return padded(later(adjoint(g, a, attrs), attrs).mul(previous), attrs, "first");
    },
    ({ g, x: [a], attrs }) => (g.size === 0 ? g : adjoint(g, a, attrs)),
  ],
  batch: ({ x, attrs: { axis, reverse }, apply }) => apply(x, { axis: axis + 1, reverse }),
});

/** b̄: the recurrence back through the steps, each with the factor of the step after it. */
const adjoint = (g: Tensor, a: Tensor, attrs: RecurrenceAttrs): Tensor =>
  padded(later(a, attrs), attrs, "last").linearRecurrence(g, {
    axis: attrs.axis,
    reverse: !attrs.reverse,
  });

/** All steps but the first. */
const later = (x: Tensor, { axis, reverse }: RecurrenceAttrs): Tensor =>
  x.slice(...x.shape.map((_, i) => (i !== axis ? null : reverse ? BUT_LAST : BUT_FIRST)));

/** All steps but the last. */
const earlier = (x: Tensor, { axis, reverse }: RecurrenceAttrs): Tensor =>
  later(x, { axis, reverse: !reverse });

const BUT_FIRST = [1, null] as const;
const BUT_LAST = [null, -1] as const;

/** A step of zeros more. */
function padded(x: Tensor, { axis, reverse }: RecurrenceAttrs, where: "first" | "last"): Tensor {
  const widths = (where === "first") !== reverse ? ([1, 0] as const) : ([0, 1] as const);
  return x.pad(x.shape.map((_, i) => (i === axis ? widths : ([0, 0] as const))));
}
