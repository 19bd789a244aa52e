import { checkDTypes } from "../dtype.js";
import { ShapeError } from "../errors.js";
import type { Tensor } from "../op.js";
import { broadcastShapes, type Shape, showShape } from "../shape.js";

export function dot(a: Tensor, vector: Tensor): Tensor {
  checkDTypes("dot", [a, vector]);
  if (vector.rank === 1 && a.rank >= 1 && a.shape.at(-1) === vector.shape[0]) {
    return a.contract(vector, { axes: [[a.rank - 1], [0]] });
  }
  const shapes = [a.shape, vector.shape] as const;
  const [left, right] = shapes.map(showShape);
  const inner = `${a.shape.at(-1) ?? "no axis"} against ${vector.shape[0] ?? "no axis"}`;
  throw new ShapeError("dot", `shapes ${left} and ${right} do not multiply: ${inner}`, {
    shapes,
    fix:
      vector.rank > 1
        ? "dot takes a vector; for matrices use matmul"
        : `the vector needs the length of the last axis, ${a.shape.at(-1) ?? 1}`,
  });
}

export function matmul(a: Tensor, b: Tensor): Tensor {
  checkDTypes("matmul", [a, b]);
  checkInner(a, b);
  const [rowAxis, innerB] = [a.rank - 1, Math.max(0, b.rank - 2)];
  if (b.rank <= 2) return a.contract(b, { axes: [[rowAxis], [innerB]] });
  if (a.rank === 1) return b.contract(a, { axes: [[innerB], [0]] });
  const batch = broadcastShapes("matmul", a.shape.slice(0, -2), b.shape.slice(0, -2), {
    shapes: [a.shape, b.shape],
    fix: "the axes before the last two must be equal, or 1 on either side",
  });
  const axes = batch.map((_, axis) => axis);
  const rank = batch.length;
  return a
    .broadcastTo([...batch, ...a.shape.slice(-2)])
    .contract(b.broadcastTo([...batch, ...b.shape.slice(-2)]), {
      axes: [[rank + 1], [rank]],
      batch: [axes, axes],
    });
}

function checkInner(a: Tensor, b: Tensor): void {
  const shapes: [Shape, Shape] = [a.shape, b.shape];
  const problem = `shapes ${showShape(a.shape)} and ${showShape(b.shape)} do not multiply`;
  if (a.rank === 0 || b.rank === 0) {
    throw new ShapeError("matmul", `${problem}: a scalar has no axis to sum over`, {
      shapes,
      fix: "scale with mul",
    });
  }
  const axisB = Math.max(0, b.rank - 2);
  const [left, right] = [a.shape.at(-1), b.shape[axisB]];
  if (left === right) return;
  const turned = b.rank >= 2 && b.shape.at(-1) === left;
  const axisA = a.rank - 1;
  const clash = `axis ${axisA} of the first is ${left}, axis ${axisB} of the second is ${right}`;
  throw new ShapeError("matmul", `${problem}: ${clash}`, {
    shapes,
    axis: axisA,
    fix: turned ? "transpose the second: a.matmul(b.transpose())" : "make the inner sides equal",
  });
}
