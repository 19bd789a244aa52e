import {
  type Operand,
  ShapeError,
  showShape,
  type Tensor,
  ValueError,
  type Variable,
} from "@neurite/autograd";
import { xavierUniform, zeros } from "../init.js";
import { Dense } from "../layers/dense.js";
import { Dropout } from "../layers/dropout.js";
import { Module, type ModuleOptions } from "../module.js";
import { checkOptions } from "../option-names.js";
import { checkCount, checkNumber } from "../options.js";
import { attentionWeights } from "./attention-weights.js";

export interface MultiHeadAttentionOptions extends ModuleOptions {
  /** The width of queries, keys, values and outputs. */
  readonly embedDim: number;
  /** How many heads share the width: each looks at its own part. */
  readonly numHeads: number;
  /** The probability with which attention weights are dropped in training; 0 by default. */
  readonly dropout?: number;
  /** Whether the projections have biases; true by default. */
  readonly bias?: boolean;
}

/** Which keys take part in one call. */
export interface AttentionMasks {
  /**
   * What broadcasts to `[…, heads, queries, keys]`: a condition, true where a key takes part, or
   * numbers that are added to the scores.
   */
  readonly mask?: Operand | undefined;
  /** `[…, keys]`: a condition, false at padding (the opposite of PyTorch's key_padding_mask). */
  readonly keyMask?: Operand | undefined;
  /** Whether a query sees no key after its own place; false by default. */
  readonly isCausal?: boolean;
}

export type AttentionResult = {
  /** `[…, queries, embedDim]`. */
  readonly output: Tensor;
  /** `[…, heads, queries, keys]`: how much a query takes from each key, before dropout. */
  readonly weights: Tensor;
};

/**
 * Several attentions side by side, each over its own projection of queries, keys and values
 * `[…, places, embedDim]`, and a projection of what they found. Called with one tensor it is
 * self-attention. Weights lie and begin as in PyTorch's `MultiheadAttention`; the batch comes
 * first. Vaswani et al., "Attention is all you need", 2017.
 */
export class MultiHeadAttention extends Module {
  /** `[3·embedDim, embedDim]`: the projections of queries, keys and values one under the other. */
  readonly inProjWeight: Variable;
  /** `[3·embedDim]`. */
  readonly inProjBias: Variable | null;
  readonly outProj: Dense;
  /** On the attention weights. */
  readonly dropout: Dropout | null;
  readonly embedDim: number;
  readonly numHeads: number;

  constructor(options: MultiHeadAttentionOptions) {
    super(
      checkOptions("MultiHeadAttention", options, [
        "embedDim",
        "numHeads",
        "dropout",
        "bias",
        "key",
        "dtype",
      ]),
    );
    const { embedDim, numHeads, dropout = 0, bias = true } = options;
    checkCount("MultiHeadAttention", "embedDim", embedDim);
    checkCount("MultiHeadAttention", "numHeads", numHeads);
    checkNumber("MultiHeadAttention", "dropout", dropout, { min: 0, max: 1 });
    if (embedDim % numHeads !== 0) {
      const problem = `numHeads is ${numHeads}, which does not divide embedDim = ${embedDim}`;
      throw new ValueError("MultiHeadAttention", problem, {
        fix: "give embedDim a multiple of numHeads",
      });
    }
    this.embedDim = embedDim;
    this.numHeads = numHeads;
    this.inProjWeight = this.parameter([3 * embedDim, embedDim], { init: xavierUniform() });
    this.inProjBias = bias ? this.parameter([3 * embedDim], { init: zeros }) : null;
    const width = { inputs: embedDim, units: embedDim };
    this.outProj = new Dense({ ...width, bias, biasInit: zeros, ...this.inherited });
    this.dropout = dropout > 0 ? new Dropout({ p: dropout, ...this.inherited }) : null;
  }

  forward(
    query: Tensor,
    key: Tensor = query,
    value: Tensor = key,
    { mask, keyMask, isCausal = false }: AttentionMasks = {},
  ): AttentionResult {
    this.#check(query, key, value);
    const [q, k, v] = this.#project(query, key, value).map((x) => this.#intoHeads(x));
    const masks = mask ? [mask] : [];
    if (keyMask) masks.push(keyMask.unsqueeze(keyMask.rank - 1, keyMask.rank));
    const weights = attentionWeights("MultiHeadAttention", q!, k!, { masks, isCausal });
    const found = (this.dropout?.apply(weights) ?? weights).matmul(v!);
    return { output: this.outProj.apply(this.#fromHeads(found)), weights };
  }

  #project(query: Tensor, key: Tensor, value: Tensor): readonly Tensor[] {
    if (query === key && key === value) {
      return project(query, this.inProjWeight, this.inProjBias).split(3, -1);
    }
    const weights = this.inProjWeight.split(3);
    const biases = this.inProjBias?.split(3);
    return [query, key, value].map((x, i) => project(x, weights[i]!, biases?.[i] ?? null));
  }

  /** `[…, places, embedDim]` as `[…, heads, places, width]`. */
  #intoHeads(x: Tensor): Tensor {
    const width = this.embedDim / this.numHeads;
    const parts = x.reshape([...x.shape.slice(0, -1), this.numHeads, width]);
    return parts.transpose(swapped(parts.rank));
  }

  #fromHeads(x: Tensor): Tensor {
    const parts = x.transpose(swapped(x.rank));
    return parts.reshape([...parts.shape.slice(0, -2), this.embedDim]);
  }

  #check(query: Tensor, key: Tensor, value: Tensor): void {
    const shapes = [query.shape, key.shape, value.shape];
    const [q, k, v] = shapes.map(showShape);
    const { embedDim } = this;
    const areWide = shapes.every((shape) => shape.length >= 2 && shape.at(-1) === embedDim);
    if (areWide && key.shape.at(-2) === value.shape.at(-2)) return;
    const problem = areWide
      ? `${key.shape.at(-2)} keys for ${value.shape.at(-2)} values`
      : `expected shapes […, places, ${embedDim}]`;
    throw new ShapeError(
      "MultiHeadAttention",
      `${problem}, got query ${q}, key ${k} and value ${v}`,
      {
        shapes,
        fix: areWide ? "give each value its key" : "project what goes in to the width embedDim",
      },
    );
  }
}

function project(x: Tensor, weight: Operand, bias: Operand | null): Tensor {
  const products = x.contract(weight, { axes: [[x.rank - 1], [1]] });
  return bias ? products.add(bias) : products;
}

/** The order of axes that swaps places and heads, the third and the second from the end. */
const swapped = (rank: number): number[] => {
  const order = Array.from({ length: rank }, (_, axis) => axis);
  order.splice(rank - 3, 2, rank - 2, rank - 3);
  return order;
};
