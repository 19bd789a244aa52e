import {
  type AttentionOptions,
  MultiHeadAttention,
  type MultiHeadAttentionOptions,
  Sequential,
  scaledDotProductAttention,
} from "../src/index.js";
import { describeCases, type LayerCase, layerCase } from "./support/layer-cases.js";

const attend = (options: AttentionOptions = {}): LayerCase =>
  layerCase({
    make: () => new Sequential(),
    run: (_, query, key, value, mask) => [
      scaledDotProductAttention(query!, key!, value!, { ...options, mask }),
    ],
  });

const make = (options: Pick<MultiHeadAttentionOptions, "embedDim" | "numHeads" | "bias">) => ({
  make: (own: Pick<MultiHeadAttentionOptions, "dtype">) =>
    new MultiHeadAttention({ ...options, ...own }),
});

const selfAttention = (options: Parameters<typeof make>[0]): LayerCase =>
  layerCase({
    ...make(options),
    run: (attention, x, keyMask) =>
      Object.values(attention.apply(x!, undefined, undefined, { keyMask })),
  });

const heads = (options: Parameters<typeof make>[0]): LayerCase =>
  layerCase({
    ...make(options),
    run: (attention, query, key, value, keyMask, mask) =>
      Object.values(attention.apply(query!, key, value, { keyMask, mask })),
  });

describeCases("attention", {
  attention: attend(),
  "attention of matrices: scale": attend({ scale: 0.3 }),
  "attention: causal": attend({ isCausal: true }),
  "attention: shared keys": attend(),
  "attention: mask": attend(),
  "attention: added mask": attend(),
  "self-attention": selfAttention({ embedDim: 4, numHeads: 2 }),
  "self-attention: one sample, no bias": selfAttention({ embedDim: 2, numHeads: 1, bias: false }),
  "self-attention: padding": selfAttention({ embedDim: 2, numHeads: 2 }),
  "multi-head attention": heads({ embedDim: 2, numHeads: 2 }),
  "multi-head attention: masks": heads({ embedDim: 2, numHeads: 1 }),
});
