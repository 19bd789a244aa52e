import type { Tensor } from "@neurite/autograd";
import { ChannelNorm, type ChannelNormOptions } from "./channel-norm.js";

export interface BatchNormOptions extends ChannelNormOptions {
  /**
   * The share of a new batch in the running statistics, 0.1 by default; null gives every batch the
   * same weight: a cumulative average.
   */
  readonly momentum?: number | null;
  /** Whether each channel learns a scale and a shift; true by default. */
  readonly affine?: boolean;
  /** Whether running statistics are kept, to normalise by them after `eval()`; true by default. */
  readonly trackRunningStats?: boolean;
}

/**
 * Brings each channel to mean 0 and variance 1 over the batch and all places:
 * `y = weight·(x − mean)/√(variance + eps) + bias`. Training uses the statistics of the batch, with
 * the biased variance, and moves the running ones towards them, with the unbiased variance;
 * evaluation uses the running ones. As in PyTorch. Ioffe and Szegedy, "Batch normalization", 2015.
 */
export abstract class BatchNorm extends ChannelNorm {
  constructor(options: BatchNormOptions, ranks: readonly number[]) {
    super({ affine: true, trackRunningStats: true, ...options }, ranks);
  }

  protected axes(rank: number): readonly number[] {
    return Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis !== 1);
  }

  protected share(): number | Tensor {
    const count = this.numBatchesTracked!;
    count.assign(count.add(1));
    return this.momentum ?? count.cast(this.runningMean!.dtype).reciprocal();
  }
}
