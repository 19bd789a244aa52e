import { type Operand, ShapeError, type Tensor, type TensorLike } from "@neurite/autograd";
import { readPair } from "../targets.js";

/**
 * The coefficient of determination, `1 − Σ(y − t)²/Σ(t − mean t)²` over the rows, as float64: 1 is
 * perfect, 0 no better than the mean of the targets. The mean over all columns; where the targets
 * are all equal, 1 if they are met and else 0, as in scikit-learn.
 */
export function r2(prediction: Operand, target: TensorLike): Tensor {
  const [given, wanted] = readPair("r2", prediction, target);
  const [y, t] = [given.cast("float64"), wanted.cast("float64")];
  if (y.rank === 0) {
    throw new ShapeError("r2", "expected rows, got one number", {
      shapes: [y.shape, t.shape],
      fix: "give the predictions and targets of many rows",
    });
  }
  const residual = y.sub(t).square().sum(0);
  const total = t.sub(t.mean(0)).square().sum(0);
  const isConstant = total.eq(0);
  const explained = residual.div(isConstant.where(1, total)).neg().add(1);
  return isConstant.where(residual.eq(0).cast("float64"), explained).mean().as("R²");
}
