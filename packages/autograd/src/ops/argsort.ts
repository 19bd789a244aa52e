import { compare } from "../numerics/order.js";
import { primitive, type Tensor } from "../op.js";
import { sizeOf } from "../shape.js";

export interface ArgsortAttrs {
  readonly axis: number;
  readonly descending: boolean;
}

/**
 * The indices, as int32, that put the elements along an axis in order. Equal elements stay in
 * theirs, and NaN counts as largest.
 */
export const argsort = primitive<readonly [Tensor], ArgsortAttrs>({
  name: "argsort",
  family: "indexing",
  formula: { forward: "y = the indices of x in order", vjp: ["none"] },
  shape: ([x]) => x!.shape,
  dtype: () => "int32",
  forward: (out, [x], { axis, descending }) => {
    const { data } = x!.contiguous();
    const count = out.shape[axis]!;
    const step = sizeOf(out.shape.slice(axis + 1));
    const row = new Float64Array(count);
    const order = new Int32Array(count);
    const inOrder = descending
      ? (i: number, j: number) => compare(row[j]!, row[i]!)
      : (i: number, j: number) => compare(row[i]!, row[j]!);
    for (let i = 0; i < data.length / count; i++) {
      const start = Math.floor(i / step) * count * step + (i % step);
      for (let k = 0; k < count; k++) {
        row[k] = data[start + k * step]!;
        order[k] = k;
      }
      order.sort(inOrder); // stable
      for (let k = 0; k < count; k++) out.data[start + k * step] = order[k]!;
    }
  },
  vjp: [null],
  batch: ({ x, attrs: { axis, descending }, apply }) => apply(x, { axis: axis + 1, descending }),
});
