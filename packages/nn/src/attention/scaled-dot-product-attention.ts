import { type Operand, ShapeError, scope, showShape, type Tensor } from "@neurite/autograd";
import { applyLayer, type LayerLike } from "../layers/layer.js";
import { attentionWeights } from "./attention-weights.js";

export interface AttentionOptions {
  /**
   * What broadcasts to `[…, queries, keys]`: a condition, true where a key takes part, or numbers
   * that are added to the scores.
   */
  readonly mask?: Operand | undefined;
  /** Whether a query sees no key after its own place; false by default. */
  readonly isCausal?: boolean;
  /** What the scores are multiplied by; `1/√width` by default. */
  readonly scale?: number;
  /** What the weights pass before they meet the values, such as a `Dropout`. */
  readonly dropout?: LayerLike;
}

/**
 * For each query the values in proportion to how well their keys fit it:
 * `softmax(query·keyᵀ/√width)·value`, for queries `[…, queries, width]`, keys `[…, keys, width]`
 * and values `[…, keys, features]`, whose leading axes broadcast. A query to which a condition
 * leaves no key gets 0. Vaswani et al., "Attention is all you need", 2017.
 */
export function scaledDotProductAttention(
  query: Operand,
  key: Operand,
  value: Operand,
  { mask, dropout, ...options }: AttentionOptions = {},
): Tensor {
  const op = "scaledDotProductAttention";
  checkParts(op, query, key, value);
  const attend = () => {
    const masks = mask ? [mask] : [];
    const weights = attentionWeights(op, query.asTensor(), key.asTensor(), { masks, ...options });
    return (dropout ? applyLayer(dropout, weights, "dropout") : weights).matmul(value);
  };
  return scope("", attend, op);
}

function checkParts(op: string, query: Operand, key: Operand, value: Operand): void {
  const shapes = [query.shape, key.shape, value.shape];
  const [q, k, v] = shapes.map(showShape);
  const found = `a query ${q}, a key ${k} and a value ${v}`;
  const refuse = (problem: string, fix: string) => {
    throw new ShapeError(op, `${problem}: ${found}`, { shapes, fix });
  };
  if (shapes.some(({ length }) => length < 2)) {
    refuse("expected at least two axes each", "give […, places, width]");
  }
  const [width, keyWidth] = [query.shape.at(-1), key.shape.at(-1)];
  if (width !== keyWidth) {
    refuse(`query and key differ in width, ${width} and ${keyWidth}`, "project them to one width");
  }
  const [keys, values] = [key.shape.at(-2), value.shape.at(-2)];
  if (keys !== values) refuse(`${keys} keys for ${values} values`, "give each value its key");
}
