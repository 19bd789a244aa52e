import type { Operand, Tensor } from "@neurite/autograd";

/** One number for each channel, in a shape that broadcasts against `[batch, channels, …]`. */
export const overChannels = (values: Operand, rank: number): Tensor =>
  values.reshape([values.size, ...Array.from({ length: rank - 2 }, () => 1)]);
