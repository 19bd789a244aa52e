import {
  arange,
  DTypeError,
  type Operand,
  type Shape,
  ShapeError,
  showShape,
  type Tensor,
} from "@neurite/autograd";

interface AttentionWeightsOptions {
  /**
   * Conditions that broadcast to `[…, queries, keys]`, true where a key takes part, and numbers
   * that are added to the scores.
   */
  readonly masks?: readonly Operand[];
  /** Whether a query sees no key after its own place. */
  readonly isCausal?: boolean | undefined;
  /** What the scores are multiplied by; `1/√width` by default. */
  readonly scale?: number | undefined;
}

/**
 * How much each query takes from each key: `softmax(query·keyᵀ·scale)` over the keys, for queries
 * `[…, queries, width]` and keys `[…, keys, width]`. A query to which conditions leave no key takes
 * nothing: its weights are 0, with gradient 0.
 */
export function attentionWeights(
  owner: string,
  query: Tensor,
  key: Tensor,
  { masks = [], isCausal = false, scale }: AttentionWeightsOptions,
): Tensor {
  const factor = scale ?? 1 / Math.sqrt(query.shape.at(-1)!);
  const products = query.mul(factor).matmul(key.transpose());
  for (const mask of masks) checkMask(owner, mask, products);
  const scores = masks
    .filter(({ dtype }) => dtype !== "bool")
    .reduce<Tensor>((sum, bias) => sum.add(bias), products)
    .as("scores");
  const conditions = masks.filter(({ dtype }) => dtype === "bool");
  if (isCausal) conditions.push(upToOwnPlace(scores.shape));
  const [first, ...others] = conditions.map((condition) => condition.asTensor());
  const weights = first
    ? softmaxWhere(
        others.reduce((a, b) => a.logicalAnd(b), first),
        scores,
      )
    : scores.softmax();
  return weights.as("attention weights");
}

/** Softmax over the last axis, of what fulfils the condition. */
function softmaxWhere(condition: Tensor, scores: Tensor): Tensor {
  // A row of nothing but −∞ would be NaN: it is computed as if all took part, and set to 0 then.
  const isEmpty = condition.any(-1, { keepDims: true }).logicalNot();
  const isTaken = condition.logicalOr(isEmpty);
  const weights = isTaken.where(scores, Number.NEGATIVE_INFINITY).softmax();
  return condition.where(weights, 0);
}

const upToOwnPlace = (shape: Shape): Tensor => {
  const [queries, keys] = shape.slice(-2) as [number, number];
  return arange(queries).unsqueeze(1).ge(arange(keys));
};

function checkMask(owner: string, { shape, dtype }: Operand, scores: Tensor): void {
  const [given, wanted] = [showShape(shape), showShape(scores.shape)];
  const offset = scores.rank - shape.length;
  const fits = (side: number, i: number) => side === 1 || side === scores.shape[offset + i];
  if (offset < 0 || !shape.every(fits)) {
    const problem = `a mask of shape ${given} does not broadcast to the scores ${wanted}`;
    throw new ShapeError(owner, problem, {
      shapes: [shape, scores.shape],
      fix: "give a mask […, queries, keys], with 1 or no axis where it is the same for all",
    });
  }
  if (dtype === "bool" || dtype === scores.dtype) return;
  throw new DTypeError(owner, `a mask is bool or ${scores.dtype}, not ${dtype}`, {
    shapes: [shape],
    fix: "give a condition, as in mask.ne(0): true where a key takes part",
  });
}
