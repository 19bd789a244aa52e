import { BatchNorm, type BatchNormOptions } from "./batch-norm.js";

/** Batch normalisation of `[batch, numFeatures]` or `[batch, numFeatures, length]`. */
export class BatchNorm1d extends BatchNorm {
  constructor(options: BatchNormOptions) {
    super(options, [2, 3]);
  }
}
