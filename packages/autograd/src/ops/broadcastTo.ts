import { ShapeError } from "../errors.js";
import { movement } from "../families/movement.js";
import { broadcastShapes, checkShape, type Shape, sameShape, showShape } from "../shape.js";

/** Repeats along new leading axes and along axes of side 1, without a copy. */
export const broadcastTo = movement<{ readonly shape: Shape }>({
  name: "broadcastTo",
  formula: { forward: "y = x, repeated", vjp: ["x̄ = Σ ȳ over the repeats"] },
  shape: ([x], { shape }) => {
    checkShape("broadcastTo", shape, 0);
    const shapes = [x!.shape, shape] as const;
    const fix = "each side must stay as it is or grow from 1";
    if (sameShape(broadcastShapes("broadcastTo", ...shapes, { shapes, fix }), shape)) return shape;
    const [from, to] = shapes.map(showShape);
    throw new ShapeError("broadcastTo", `shape ${from} does not broadcast to ${to}`, {
      shapes,
      fix,
    });
  },
  view: (x, shape) => {
    const added = shape.length - x.shape.length;
    const strides = shape.map((side, axis) =>
      axis < added || (x.shape[axis - added] === 1 && side !== 1) ? 0 : x.strides[axis - added]!,
    );
    return x.view(shape, strides);
  },
  vjp: [
    ({ g, x: [x] }) => {
      const added = g.rank - x.rank;
      const repeated = g.shape.flatMap((side, axis) =>
        axis < added || side !== x.shape[axis - added] ? [axis] : [],
      );
      return g.sum(repeated).reshape(x.shape);
    },
  ],
  batch: ({ x: [x], lanes, attrs: { shape }, apply }) => {
    const [, ...sides] = x.shape;
    const added = shape.slice(sides.length).map(() => 1);
    return apply([x.reshape([lanes, ...added, ...sides])], { shape: [lanes, ...shape] });
  },
});
