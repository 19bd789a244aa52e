import type { Tensor } from "@neurite/autograd";
import type { Stat } from "./graph.js";

/** Tensors of so many elements keep them all: they fit into a node. */
const MOST_ELEMENTS = 8;

/** The statistics of a tensor that has a value. */
export function statOf(tensor: Tensor): Stat {
  const elements = tensor.toTypedArray();
  const stat = statOfNumbers(elements);
  if (tensor.rank === 0) return { ...stat, value: elements[0]!, elements: [elements[0]!] };
  return elements.length > MOST_ELEMENTS ? stat : { ...stat, elements: Array.from(elements) };
}

/** The statistics of one number. */
export const statOfNumber = (value: number): Stat => ({
  ...statOfNumbers([value]),
  value,
  elements: [value],
});

function statOfNumbers(elements: ArrayLike<number>): Stat {
  let [squares, sum, max, zeros, nonFinite] = [0, 0, 0, 0, 0];
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i]!;
    squares += element * element;
    sum += element;
    max = Math.max(max, Math.abs(element));
    if (element === 0) zeros++;
    else if (!Number.isFinite(element)) nonFinite++;
  }
  const count = Math.max(1, elements.length);
  return {
    rms: Math.sqrt(squares / count),
    mean: sum / count,
    max,
    zeroFraction: zeros / count,
    nonFinite,
  };
}

/** The statistics of several tensors taken together, given how many elements each has. */
export function pooled(parts: readonly { readonly stat: Stat; readonly size: number }[]): Stat {
  const count = Math.max(
    1,
    parts.reduce((n, { size }) => n + size, 0),
  );
  const average = (of: (stat: Stat) => number) =>
    parts.reduce((sum, { stat, size }) => sum + of(stat) * size, 0) / count;
  return {
    rms: Math.sqrt(average(({ rms }) => rms * rms)),
    mean: average(({ mean }) => mean),
    max: Math.max(0, ...parts.map(({ stat }) => stat.max)),
    zeroFraction: average(({ zeroFraction }) => zeroFraction),
    nonFinite: parts.reduce((n, { stat }) => n + stat.nonFinite, 0),
  };
}

/** Units of a layer's output that are 0 for every example; units lie along the last axis. */
export function deadUnits(tensor: Tensor): { units: number; of: number } {
  const elements = tensor.toTypedArray();
  const of = tensor.shape.at(-1) ?? 1;
  const alive = new Set<number>();
  for (let i = 0; i < elements.length; i++) if (elements[i] !== 0) alive.add(i % of);
  return { units: of - alive.size, of };
}
