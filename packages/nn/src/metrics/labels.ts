import {
  asTensor,
  type Operand,
  ShapeError,
  showShape,
  type Tensor,
  type TensorLike,
} from "@neurite/autograd";
import { checkClasses, classAxis, readClassTarget } from "../class-targets.js";
import { checkAlike, checkValues } from "../targets.js";

/** Scores of rows with what the rows really are. */
export interface Labelled {
  readonly scores: Tensor;
  /** Class numbers, int32: without the axis of the classes, or like the scores of two classes. */
  readonly labels: Tensor;
  /** Whether there is one score for each row: how much it is class 1 rather than 0. */
  readonly isBinary: boolean;
}

/**
 * Reads targets: class numbers for scores `[n, classes, ...]`, or zeros and ones of the shape of
 * the scores, such as `[n]` or `[n, 1]`.
 */
export function readLabels(
  op: string,
  scores: Operand,
  target: TensorLike,
  options: { readonly ignoreIndex?: number } = {},
): Labelled {
  const s = scores.asTensor();
  const given = asTensor(target, s.dtype);
  const classes = s.shape[classAxis(s)] ?? 1;
  if (given.rank < s.rank && classes > 1) {
    const labels = readClassTarget(s, target);
    checkClasses(op, s, labels, options);
    return { scores: s, labels, isBinary: false };
  }
  const zerosAndOnes = given.cast(s.dtype);
  checkAlike(op, s, zerosAndOnes);
  if (s.rank > 1 && classes > 1) throw ambiguous(op, s);
  checkValues(op, zerosAndOnes, "0 or 1", (value) => value === 0 || value === 1);
  return { scores: s, labels: zerosAndOnes.cast("int32"), isBinary: true };
}

function ambiguous(op: string, { shape, rank }: Tensor): ShapeError {
  const what = `scores and targets both have shape ${showShape(shape)}`;
  const other = rank === 2 ? "; for independent outputs, flatten both with .reshape([-1])" : "";
  return new ShapeError(op, `${what}: one-hot classes, or a 0 or 1 for each output?`, {
    shapes: [shape, shape],
    axis: 1,
    fix: `for one-hot classes, give target.argmax(1)${other}`,
  });
}
