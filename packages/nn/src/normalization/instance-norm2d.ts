import { ChannelNorm, type ChannelNormOptions } from "./channel-norm.js";

export interface InstanceNormOptions extends ChannelNormOptions {
  /** The share of a new batch in the running statistics; 0.1 by default. */
  readonly momentum?: number;
  /** Whether each channel learns a scale and a shift; false by default. */
  readonly affine?: boolean;
  /** Whether running statistics are kept, to normalise by them after `eval()`; false by default. */
  readonly trackRunningStats?: boolean;
}

/**
 * Brings each channel of each sample of `[batch, numFeatures, height, width]` to mean 0 and
 * variance 1 over its places, with the biased variance; running statistics, if kept, are those of
 * the samples on average. As in PyTorch, which does not count the batches either. Ulyanov, Vedaldi
 * and Lempitsky, "Instance normalization", 2016.
 */
export class InstanceNorm2d extends ChannelNorm {
  constructor(options: InstanceNormOptions) {
    super(options, [4]);
  }

  protected axes(): readonly number[] {
    return [2, 3];
  }

  protected share(): number {
    return this.momentum ?? 0;
  }
}
