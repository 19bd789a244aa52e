import { type Shape, ShapeError, sameShape, showShape, type Tensor } from "@neurite/autograd";
import { checkCount } from "../options.js";

/** The option `normalizedShape` as a list of sides. */
export function readShape(owner: string, given: number | Shape): Shape {
  const shape = typeof given === "number" ? [given] : [...given];
  const name = (i: number) => (typeof given === "number" ? "" : `[${i}]`);
  checkCount(owner, "normalizedShape.length", shape.length);
  for (const [i, side] of shape.entries()) checkCount(owner, `normalizedShape${name(i)}`, side);
  return shape;
}

/** The last axes of the input, which must have the given sides. */
export function lastAxes(owner: string, x: Tensor, shape: Shape): readonly number[] {
  const found = x.shape.slice(-shape.length);
  if (sameShape(found, shape)) return shape.map((_, i) => x.rank - shape.length + i);
  const expected = `[…, ${shape.join(", ")}]`;
  throw new ShapeError(owner, `expected shape ${expected}, got ${showShape(x.shape)}`, {
    shapes: [x.shape, shape],
    axis: x.rank - 1,
    fix: `give the layer normalizedShape: ${showShape(found)}, or reshape what goes in`,
  });
}
