import { ShapeError } from "../errors.js";
import { arithmetic } from "../families/dtypes.js";
import { forEachRow, type NDArray, rowLength, rowStep } from "../ndarray.js";
import { countWindows, type Window } from "../numerics/windows.js";
import { primitive, type Tensor } from "../op.js";
import { showShape, stridesOf } from "../shape.js";

export interface FoldAttrs extends Omit<Window, "size"> {
  readonly axis: number;
  /** The side of the axis that the windows were taken from. */
  readonly length: number;
}

/** Adds windows, which the last axis holds, to where `unfold` takes them from. */
export const fold = primitive<readonly [Tensor], FoldAttrs>({
  name: "fold",
  family: "indexing",
  formula: { forward: "y = windows x, added up", vjp: ["x̄ = windows of ȳ"] },
  shape: ([x], { axis, length, step, dilation }) => {
    const { shape } = x!;
    const result = shape.slice(0, -1).with(axis, length);
    const fitting = countWindows("fold", result, axis, { size: shape.at(-1)!, step, dilation });
    if (shape[axis] === fitting) return result;
    throw new ShapeError(
      "fold",
      `axis ${axis} of ${showShape(shape)} holds ${shape[axis]} windows, ` +
        `but a length of ${length} has ${fitting}`,
      { shapes: [shape], axis, fix: "give the length and the step that the windows were cut with" },
    );
  },
  dtype: ([x]) => arithmetic("fold", x!),
  forward: (out, [x], { axis, step, dilation }) => {
    out.data.fill(0);
    const strides = stridesOf(out.shape);
    const stride = strides[axis]!;
    const windows = x!.shape.slice(0, -1);
    for (let i = 0; i < x!.shape.at(-1)!; i++) {
      const to = out.view(windows, strides.with(axis, step * stride), i * dilation * stride);
      addInto(to, x!.view(windows, x!.strides.slice(0, -1), x!.offset + i * x!.strides.at(-1)!));
    }
  },
  vjp: [
    ({ g, x: [x], attrs: { axis, step, dilation } }) =>
      g.unfold(axis, x.shape.at(-1)!, { step, dilation }),
  ],
  batch: ({ x, attrs, apply }) => apply(x, { ...attrs, axis: attrs.axis + 1 }),
});

function addInto(out: NDArray, x: NDArray): void {
  const length = rowLength(x);
  const [outStep, step] = [rowStep(out), rowStep(x)];
  forEachRow([out, x], ([outStart, start]) => {
    for (let i = 0; i < length; i++) {
      out.data[outStart! + i * outStep]! += x.data[start! + i * step]!;
    }
  });
}
