import { type Operand, type Tensor, ValueError } from "@neurite/autograd";

/**
 * `Σ|w|` over all elements of the parameters, to be added to a loss with a factor: it draws weights
 * to 0, and the small ones all the way. Tibshirani, "Regression shrinkage and selection via the
 * lasso", 1996.
 */
export const l1Penalty = (parameters: Iterable<Operand>): Tensor =>
  total("l1Penalty", parameters, (w) => w.abs()).as("sum of magnitudes");

/**
 * `Σw²` over all elements of the parameters, to be added to a loss with a factor: it shrinks large
 * weights most. With the factor λ/2 its gradient is that of `weightDecay: λ` in SGD. Hoerl and
 * Kennard, "Ridge regression", 1970.
 */
export const l2Penalty = (parameters: Iterable<Operand>): Tensor =>
  total("l2Penalty", parameters, (w) => w.square()).as("sum of squares");

function total(op: string, parameters: Iterable<Operand>, cost: (w: Operand) => Tensor): Tensor {
  const sums = Array.from(parameters, (parameter) => cost(parameter).sum());
  if (sums.length > 0) return sums.reduce((sum, next) => sum.add(next));
  throw new ValueError(op, "there are no parameters", { fix: "give it model.parameters()" });
}
