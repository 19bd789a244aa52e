import { type Operand, type Tensor, type TensorLike, ValueError } from "@neurite/autograd";
import { checkClasses, readClassTarget } from "../class-targets.js";
import { checkRows } from "../targets.js";
import { type LossOptions, reduced } from "./reduction.js";
import { readClassWeights } from "./weights.js";

export interface MultiMarginOptions extends LossOptions {
  /** How far the target class has to be ahead; 1 by default. */
  readonly margin?: number;
  /** The exponent of what is missing, 1 or 2; 1 by default. */
  readonly p?: 1 | 2;
  /** A factor for each class, `[classes]`; the mean is over the rows all the same. */
  readonly weight?: TensorLike;
}

/**
 * The hinge loss of many classes, `Σ max(0, margin − s_t + s_j)ᵖ / classes` over all classes j but
 * the target t, for scores `[n, classes]` or `[classes]` and class numbers, int32 `[n]`. As
 * PyTorch's `MultiMarginLoss`. Weston and Watkins, "Support vector machines for multi-class pattern
 * recognition", 1999.
 */
export function multiMargin(
  scores: Operand,
  target: TensorLike,
  { margin = 1, p = 1, weight, ...options }: MultiMarginOptions = {},
): Tensor {
  const s = scores.asTensor();
  const t = readClassTarget(s, target);
  checkRows("multiMargin", s);
  checkClasses("multiMargin", s, t);
  if (p !== 1 && p !== 2) {
    throw new ValueError("multiMargin", `p is ${p}`, { fix: "use p: 1 or p: 2" });
  }
  const w = readClassWeights("multiMargin", weight, s);
  return reduced("multiMargin", "margin loss", options, () => {
    const classes = s.shape.at(-1)!;
    const ofTarget = s.gather(t.unsqueeze(-1), -1);
    const missing = s.sub(ofTarget).add(margin).relu();
    const isTarget = t.oneHot(classes, { dtype: "bool" });
    const others = isTarget.where(0, p === 1 ? missing : missing.square());
    const costs = others.sum(-1).div(classes);
    return w ? costs.mul(w.gather(t.reshape([-1]), 0).reshape(t.shape)) : costs;
  });
}
