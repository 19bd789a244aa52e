import { concat, type Tensor } from "@neurite/autograd";

/**
 * The means of `count` windows that cover an axis evenly: window i begins at `⌊i·side/count⌋` and
 * ends before `⌈(i + 1)·side/count⌉`. So they overlap where the count does not divide the side.
 */
export function adaptiveMean(x: Tensor, axis: number, count: number): Tensor {
  const side = x.shape[axis]!;
  if (count === side) return x;
  const means = Array.from({ length: count }, (_, i) => {
    const window = [Math.floor((i * side) / count), Math.ceil(((i + 1) * side) / count)] as const;
    return x.slice(...x.shape.map((_, at) => (at === axis ? window : null))).mean(axis, {
      keepDims: true,
    });
  });
  return count === 1 ? means[0]! : concat(means, axis);
}
