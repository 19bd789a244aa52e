import { movement } from "../families/movement.js";
import { countWindows, type Window } from "../numerics/windows.js";

export interface UnfoldAttrs extends Window {
  readonly axis: number;
}

/** Windows along an axis, one element of the result's last axis for each of theirs: a view. */
export const unfold = movement<UnfoldAttrs>({
  name: "unfold",
  formula: { forward: "y = windows of x", vjp: ["x̄ = ȳ added where the windows were"] },
  shape: ([x], { axis, ...window }) => [
    ...x!.shape.with(axis, countWindows("unfold", x!.shape, axis, window)),
    window.size,
  ],
  view: (x, shape, { axis, step, dilation }) => {
    const stride = x.strides[axis]!;
    return x.view(shape, [...x.strides.with(axis, step * stride), dilation * stride]);
  },
  vjp: [
    ({ g, x: [x], attrs: { axis, step, dilation } }) =>
      g.fold(axis, x.shape[axis]!, { step, dilation }),
  ],
  batch: ({ x, attrs, apply }) => apply(x, { ...attrs, axis: attrs.axis + 1 }),
});
