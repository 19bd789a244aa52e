import { scope, type Tensor, ValueError } from "@neurite/autograd";

/** What becomes of the costs of all elements: their mean, their sum, or a cost for each. */
export type Reduction = "mean" | "sum" | "none";

export interface LossOptions {
  /** What becomes of the costs; "mean" by default. */
  readonly reduction?: Reduction;
}

/** Records costs in a region of the graph with the name of the loss, and reduces them. */
export const reduced = (
  op: string,
  cost: string,
  options: LossOptions,
  costs: () => Tensor,
): Tensor => scope("", () => reduce(op, cost, options, costs()), op);

/** Reduces the costs, which are called `cost` in the graph; `mean` is that of the elements. */
export function reduce(
  op: string,
  cost: string,
  { reduction = "mean" }: LossOptions,
  costs: Tensor,
  mean = () => costs.mean(),
): Tensor {
  switch (reduction) {
    case "mean":
      return mean().as(`mean ${cost}`);
    case "sum":
      return costs.sum().as(`total ${cost}`);
    case "none":
      return costs.as(cost);
    default:
      throw new ValueError(op, `the reduction is "${reduction}"`, {
        fix: 'use "mean", "sum" or "none"',
      });
  }
}
