import { arange, type Operand, ones, type Tensor, type TensorLike } from "@neurite/autograd";
import { checkRows } from "../targets.js";
import { readLabels } from "./labels.js";

/**
 * The area under the receiver operating characteristic: how often a row of class 1 has a higher
 * score than one of class 0, where a tie counts half. For scores `[n, classes]` it is the mean over
 * the classes, each against the rest. As float64; NaN if a class has no rows, or all of them.
 * Hanley and McNeil, "The meaning and use of the area under a ROC curve", 1982.
 */
export function rocAuc(given: Operand, target: TensorLike): Tensor {
  const { scores, labels, isBinary } = readLabels("rocAuc", given, target);
  checkRows("rocAuc", scores);
  const columns = isBinary ? scores.reshape([-1, 1]) : scores.reshape([-1, scores.shape.at(-1)!]);
  const flat = labels.reshape([-1]);
  const isPositive = isBinary
    ? flat.unsqueeze(1).cast("float64")
    : flat.oneHot(columns.shape[1]!, { dtype: "float64" });

  // Mann and Whitney: the ranks of the positive rows, less what they would be among themselves.
  const order = columns.argsort(0);
  const ranks = averageRanks(columns.gather(order, 0));
  const positives = isPositive.sum(0);
  const negatives = positives.neg().add(columns.shape[0]!);
  const own = positives.mul(positives.add(1)).mul(0.5);
  const wins = ranks.mul(isPositive.gather(order, 0)).sum(0).sub(own);
  return wins.div(positives.mul(negatives)).mean().as("area under the curve");
}

/** The ranks of sorted columns, from 1 on; equal numbers share the mean of theirs. */
function averageRanks(sorted: Tensor): Tensor {
  const [rows, columns] = sorted.shape as readonly [number, number];
  const changes = sorted
    .slice([1, rows])
    .ne(sorted.slice([0, rows - 1]))
    .cast("float64");
  const edge = ones([1, columns], { dtype: "float64" });
  const places = arange(rows, { dtype: "float64" }).unsqueeze(1);
  // A run of equal numbers carries on the place of its edge.
  const carried = (isEdge: Tensor, reverse: boolean): Tensor =>
    isEdge.neg().add(1).linearRecurrence(isEdge.mul(places), { axis: 0, reverse });
  const first = carried(edge.concat([changes], 0), false);
  const last = carried(changes.concat([edge], 0), true);
  return first.add(last).mul(0.5).add(1);
}
