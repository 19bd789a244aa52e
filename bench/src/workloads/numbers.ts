/** Numbers in [low, high) from a seed, by Lehmer's generator: the same for every contestant. */
export function uniform(seed: number, count: number, low = -1, high = 1): Float32Array {
  const numbers = new Float32Array(count);
  let state = seed;
  for (let i = 0; i < count; i++) {
    state = (state * 16807) % 2147483647;
    numbers[i] = low + ((high - low) * state) / 2147483647;
  }
  return numbers;
}

/** Class numbers below `classes`, and the same as rows with a single 1. */
export function labels(seed: number, count: number, classes: number) {
  const numbers = Int32Array.from(uniform(seed, count, 0, classes), Math.floor);
  const oneHot = new Float32Array(count * classes);
  for (const [i, label] of numbers.entries()) oneHot[i * classes + label] = 1;
  return { numbers, oneHot };
}
