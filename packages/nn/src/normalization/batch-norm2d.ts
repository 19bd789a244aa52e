import { BatchNorm, type BatchNormOptions } from "./batch-norm.js";

/** Batch normalisation of `[batch, numFeatures, height, width]`. */
export class BatchNorm2d extends BatchNorm {
  constructor(options: BatchNormOptions) {
    super(options, [4]);
  }
}
