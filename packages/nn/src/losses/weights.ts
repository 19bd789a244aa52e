import {
  asTensor,
  ShapeError,
  sameShape,
  showShape,
  type Tensor,
  type TensorLike,
} from "@neurite/autograd";
import { classAxis } from "../class-targets.js";
import { checkValues } from "../targets.js";

/** One weight for each class of the scores, or none. */
export function readClassWeights(
  op: string,
  weight: TensorLike | undefined,
  scores: Tensor,
): Tensor | undefined {
  if (weight === undefined) return undefined;
  const w = asTensor(weight, scores.dtype);
  const expected = [scores.shape[classAxis(scores)]!];
  if (!sameShape(w.shape, expected)) {
    const found = showShape(w.shape);
    throw new ShapeError(op, `weight has shape ${found} for ${expected} classes`, {
      shapes: [w.shape, scores.shape],
      fix: `give one weight for each class: shape ${showShape(expected)}`,
    });
  }
  checkWeights(op, "weight", w);
  return w;
}

/** Weights that broadcast to the shape of the scores, or none. */
export function readWeights(
  op: string,
  option: string,
  weight: TensorLike | undefined,
  scores: Tensor,
): Tensor | undefined {
  if (weight === undefined) return undefined;
  const w = asTensor(weight, scores.dtype);
  checkBroadcasts(op, option, w, scores);
  checkWeights(op, option, w);
  return w;
}

/** Refuses what does not broadcast to the shape of the predictions, or makes it larger. */
export function checkBroadcasts(op: string, what: string, given: Tensor, prediction: Tensor): void {
  const sides = prediction.shape.slice(prediction.rank - given.rank);
  const fits = given.shape.every((side, i) => side === 1 || side === sides[i]);
  if (given.rank <= prediction.rank && fits) return;
  const [left, right] = [given, prediction].map(({ shape }) => showShape(shape));
  throw new ShapeError(op, `${what} of shape ${left} does not broadcast to ${right}`, {
    shapes: [given.shape, prediction.shape],
    fix: `give ${what} the shape ${right}, or one that broadcasts to it`,
  });
}

const checkWeights = (op: string, option: string, weight: Tensor): void =>
  checkValues(op, weight, "at least 0", (value) => value >= 0, { what: option });
