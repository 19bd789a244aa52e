import { type DType, type Shape, type Tensor, tensor } from "../../src/index.js";

/** Numbers one after the other from a stream that begins anew for each seed. */
export type Draw = (random: () => number) => number;

export const between =
  (min: number, max: number): Draw =>
  (random) =>
    min + (max - min) * random();

export const oneOf =
  (...values: readonly number[]): Draw =>
  (random) =>
    values[Math.floor(random() * values.length)]!;

/** Everywhere from −3 to 3, but not near 0, where many functions have a kink. */
export const awayFromZero: Draw = (random) => {
  const x = 6 * random() - 3;
  return Math.abs(x) < 0.1 ? x + 0.2 * Math.sign(x || 1) : x;
};

/** Clear of integers and of the halves between them, where rounding has its steps. */
export const clearOfSteps: Draw = (random) =>
  Math.floor(6 * random() - 3) + (random() < 0.5 ? 0.1 : 0.6) + 0.3 * random();

/** Odd sixteenths from −3 to 3, which are no multiple of a `divisor`. */
export const dividend: Draw = (random) => (2 * Math.floor(48 * random()) - 47) / 16;

/** Eighths from a quarter to 2, of either sign. */
export const divisor: Draw = (random) =>
  ((2 + Math.floor(15 * random())) / 8) * (random() < 0.5 ? -1 : 1);

/** mulberry32: a test that fails fails again. */
export function stream(seed: string): () => number {
  let state = [...seed].reduce(
    (hash, c) => Math.imul(hash ^ c.charCodeAt(0), 16777619),
    2166136261,
  );
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A tensor of drawn numbers, contiguous, float64 by default. */
export function drawn(
  shape: Shape,
  draw: Draw,
  random: () => number,
  dtype: DType = "float64",
): Tensor {
  const size = shape.reduce((product, side) => product * side, 1);
  return tensor(
    Array.from({ length: size }, () => draw(random)),
    { shape, dtype },
  );
}

/** Ways to hold the same shape in memory other than in a row: strides no kernel may forget. */
export const layouts: Record<string, (shape: Shape, of: (shape: Shape) => Tensor) => Tensor> = {
  transposed: (shape, of) => of(shape.toReversed()).transpose(shape.map((_, i) => -1 - i)),
  stepped: (shape, of) =>
    of(shape.map((side) => 2 * side)).slice(...shape.map((_, i) => [i % 2, null, 2] as const)),
  flipped: (shape, of) => of(shape).flip(),
  repeated: (shape, of) => of([1, ...shape.slice(1)]).broadcastTo(shape),
};
