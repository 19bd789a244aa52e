import {
  asTensor,
  DTypeError,
  IndexError,
  Operand,
  type Shape,
  ShapeError,
  sameShape,
  showShape,
  type Tensor,
  type TensorLike,
  ValueError,
} from "@neurite/autograd";
import { findValue, knownOf } from "./targets.js";

/** Targets of class scores: class numbers if they have no axis for the classes. */
export function readClassTarget(scores: Tensor, target: TensorLike): Tensor {
  const t = asTensor(target, scores.dtype);
  return t.rank < scores.rank && !(target instanceof Operand) ? asTensor(target, "int32") : t;
}

/** The axis of the classes: the last of `[classes]` and `[n, classes]`, else 1, as in PyTorch. */
export const classAxis = ({ rank }: Tensor): number => Math.min(1, rank - 1);

/** Refuses scores without an axis for the classes. */
export function checkScores(op: string, scores: Tensor): void {
  if (scores.rank > 0) return;
  throw new ShapeError(op, "expected scores [n, classes, ...], got a scalar", {
    shapes: [scores.shape],
    fix: "give the model one output for each class",
  });
}

/** Refuses class numbers that are no int32, not one for each row, or beyond the last class. */
export function checkClasses(
  op: string,
  scores: Tensor,
  target: Tensor,
  { ignoreIndex }: { readonly ignoreIndex?: number } = {},
): void {
  checkScores(op, scores);
  const axis = classAxis(scores);
  if (!sameShape(rowsOf(scores), target.shape)) throw notOnePerRow(op, scores, target);
  if (target.dtype !== "int32") {
    throw new DTypeError(op, `class numbers must be int32, got ${target.dtype}`, {
      shapes: [target.shape],
      fix: 'make them with tensor(labels, { dtype: "int32" }), or convert with .cast("int32")',
    });
  }
  const classes = scores.shape[axis]!;
  const isBeyond = (value: number) => value < 0 || value >= classes;
  const found = findValue(target, (value) => isBeyond(value) && value !== ignoreIndex);
  if (!found) return;
  const { place, value } = found;
  const problem = `the target ${place}is class ${value}, of 0 to ${classes - 1}`;
  throw new IndexError(op, problem, {
    shapes: [scores.shape, target.shape],
    fix: value < 0 ? "count classes from 0" : `give the model ${value + 1} outputs, or more`,
  });
}

/** The shape of one number for each row: that of the scores, without the classes. */
const rowsOf = (scores: Tensor): Shape => scores.shape.toSpliced(classAxis(scores), 1);

function notOnePerRow(op: string, scores: Tensor, target: Tensor): ShapeError {
  const axis = classAxis(scores);
  const [left, right, expected] = [scores.shape, target.shape, rowsOf(scores)].map(showShape);
  const isLarge = scores.rank > 2;
  const classes = isLarge ? `, whose axis ${axis} are the classes,` : "";
  const hint = isLarge ? "; if the classes come last, reshape to [-1, classes]" : "";
  const problem = `scores of shape ${left}${classes} against targets of shape ${right}`;
  return new ShapeError(op, problem, {
    shapes: [scores.shape, target.shape],
    axis,
    fix: `give one target for each row: shape ${expected}${hint}`,
  });
}

/** Refuses probabilities that do not sum to 1 over the classes. */
export function checkSums(op: string, target: Tensor): void {
  const sums = knownOf(target).sum(classAxis(target));
  const found = findValue(sums, (sum) => !(Math.abs(sum - 1) <= 1e-3));
  if (!found) return;
  throw new ValueError(op, `the target probabilities ${found.place}sum to ${found.value}`, {
    shapes: [target.shape],
    fix: "make every row sum to 1; class numbers are int32, without the axis of the classes",
  });
}
