import { ShapeError } from "../errors.js";
import type { Tensor } from "../op.js";
import { sameShape, showShape } from "../shape.js";

/** Refuses, say, cotangents that are not one for each result, of its shape and dtype. */
export function checkAlike(
  op: string,
  [name, of]: readonly [name: string, of: string],
  given: readonly Tensor[],
  expected: readonly Tensor[],
): void {
  if (given.length !== expected.length) {
    const problem = `${given.length} ${name}s for ${expected.length} ${of}s`;
    throw new ShapeError(op, problem, {
      fix: `give one ${name} for each ${of}, nested in the same way`,
    });
  }
  for (const [i, x] of expected.entries()) {
    const own = given[i]!;
    if (sameShape(own.shape, x.shape) && own.dtype === x.dtype) continue;
    const [got, wanted] = [own, x].map(({ dtype, shape }) => `${dtype} ${showShape(shape)}`);
    throw new ShapeError(op, `${name} ${i} is ${got}, its ${of} is ${wanted}`, {
      shapes: [own.shape, x.shape],
      fix: `give a ${name} of ${wanted}`,
    });
  }
}
