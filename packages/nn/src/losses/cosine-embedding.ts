import { asTensor, type Operand, type Tensor, type TensorLike } from "@neurite/autograd";
import { checkNumber } from "../options.js";
import { checkOnePerRow, checkRows, checkValues, readPair } from "../targets.js";
import { type LossOptions, reduced } from "./reduction.js";

export interface CosineEmbeddingOptions extends LossOptions {
  /** The cosine below which what is different costs nothing, in [−1, 1]; 0 by default. */
  readonly margin?: number;
}

// Added to the squared lengths, as in PyTorch, so that none is 0.
const epsilon = 1e-12;

/**
 * For pairs of rows, `[n, features]` or `[features]`, and targets −1 or 1, `[n]`: `1 − cos` of
 * those that should be alike (1), `max(0, cos − margin)` of those that should not (−1).
 */
export function cosineEmbedding(
  left: Operand,
  right: TensorLike,
  target: TensorLike,
  { margin = 0, ...options }: CosineEmbeddingOptions = {},
): Tensor {
  const [a, b] = readPair("cosineEmbedding", left, right);
  const t = asTensor(target, a.dtype);
  checkRows("cosineEmbedding", a);
  checkOnePerRow("cosineEmbedding", a, t);
  checkValues("cosineEmbedding", t, "-1 or 1", (value) => value === -1 || value === 1);
  checkNumber("cosineEmbedding", "margin", margin, { min: -1, max: 1 });
  return reduced("cosineEmbedding", "cosine loss", options, () => {
    const [squareA, squareB] = [a, b].map((x) => x.square().sum(-1).add(epsilon));
    const cosine = a.mul(b).sum(-1).div(squareA!.mul(squareB!).sqrt());
    return t.eq(1).where(cosine.neg().add(1), cosine.sub(margin).relu());
  });
}
