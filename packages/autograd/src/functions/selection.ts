import { ShapeError } from "../errors.js";
import type { TensorLike } from "../methods/recorder.js";
import { checkIndexDType } from "../numerics/indexing.js";
import type { Tensor } from "../op.js";
import { broadcastShapes, normalizeAxis, showShape } from "../shape.js";
import { nodeOf } from "./checks.js";

export function takeAlongAxis(x: Tensor, like: TensorLike, given: number): Tensor {
  const op = "takeAlongAxis";
  const axis = normalizeAxis(op, given, x.rank);
  const index = nodeOf(op, like, x, "int32");
  checkIndexDType(op, x.shape, index);
  const shapes = [x.shape, index.shape] as const;
  if (index.rank !== x.rank) {
    const [from, by] = shapes.map(showShape);
    throw new ShapeError(op, `the index is ${by}, which has not the rank of ${from}`, {
      shapes,
      fix: "give the index as many axes; sides of 1 broadcast",
    });
  }
  const beside = broadcastShapes(op, x.shape.with(axis, 1), index.shape.with(axis, 1), {
    shapes,
    fix: "all sides but that of the axis must be equal, or 1 on either side",
  });
  return x
    .broadcastTo(beside.with(axis, x.shape[axis]!))
    .gather(index.broadcastTo(beside.with(axis, index.shape[axis]!)), axis);
}

export function indexSelect(x: Tensor, like: TensorLike, given: number): Tensor {
  const op = "indexSelect";
  const axis = normalizeAxis(op, given, x.rank);
  const index = nodeOf(op, like, x, "int32");
  checkIndexDType(op, x.shape, index);
  if (index.rank !== 1) {
    throw new ShapeError(op, `the index has shape ${showShape(index.shape)}, expected a vector`, {
      shapes: [x.shape, index.shape],
      fix: "flatten it with reshape([-1]), or pick single elements with takeAlongAxis",
    });
  }
  const alone = x.shape.map((_, i) => (i === axis ? index.size : 1));
  return x.gather(index.reshape(alone).broadcastTo(x.shape.with(axis, index.size)), axis);
}
