/**
 * Threefry-2x32-20 after the paper, on unsigned words of unlimited integers: nothing in common with
 * the library's signed ones.
 */
export function hash(key: readonly number[], counter: number): [bigint, bigint] {
  const word = (x: bigint) => x & 0xffffffffn;
  const [k0, k1] = key.map((part) => word(BigInt(part))) as [bigint, bigint];
  const keys = [k0, k1, k0 ^ k1 ^ 0x1bd11bdan];
  let x0 = word(BigInt(counter) / 2n ** 32n + k0);
  let x1 = word(BigInt(counter) + k1);
  const rotations = [13n, 15n, 26n, 6n, 17n, 29n, 16n, 24n];
  for (let round = 0; round < 20; round++) {
    const by = rotations[round % 8]!;
    x0 = word(x0 + x1);
    x1 = word((x1 << by) | (x1 >> (32n - by))) ^ x0;
    if (round % 4 < 3) continue;
    const group = (round + 1) / 4;
    x0 = word(x0 + keys[group % 3]!);
    x1 = word(x1 + keys[(group + 1) % 3]! + BigInt(group));
  }
  return [x0, x1];
}

/** 32 random bits for a place, as JAX draws them. */
export function bits(key: readonly number[], counter: number): number {
  const [high, low] = hash(key, counter);
  return Number(high ^ low);
}
