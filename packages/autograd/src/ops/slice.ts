import { movement } from "../families/movement.js";

/**
 * Along every axis: where the slice starts, how many elements it takes, and the step between them.
 */
export interface SliceAttrs {
  readonly starts: readonly number[];
  readonly counts: readonly number[];
  readonly steps: readonly number[];
}

/** A regular part of the elements. Steps are positive here; the method flips for negative ones. */
export const slice = movement<SliceAttrs>({
  name: "slice",
  formula: { forward: "y = a part of x", vjp: ["x̄ = ȳ at that part, else 0"] },
  shape: (_, { counts }) => counts,
  view: (x, shape, { starts, steps }) =>
    x.view(
      shape,
      x.strides.map((stride, axis) => stride * steps[axis]!),
      starts.reduce((at, start, axis) => at + start * x.strides[axis]!, x.offset),
    ),
  vjp: [
    ({ g, x: [x], attrs: { starts, counts, steps } }) =>
      g.pad(
        starts.map((start, axis) => {
          const used = counts[axis]! === 0 ? 0 : (counts[axis]! - 1) * steps[axis]! + 1;
          return [start, x.shape[axis]! - start - used] as const;
        }),
        { gaps: steps.map((step) => step - 1) },
      ),
  ],
  batch: ({ x, lanes, attrs: { starts, counts, steps }, apply }) =>
    apply(x, { starts: [0, ...starts], counts: [lanes, ...counts], steps: [1, ...steps] }),
});
