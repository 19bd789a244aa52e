/**
 * Threefry-2x32 with 20 rounds: a keyed permutation of 64-bit counters, which makes random numbers
 * a pure function of a key and a position. Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as
 * easy as 1, 2, 3", SC11. Returns the two words of the hash, high word first.
 */
export function threefry2x32(
  key0: number,
  key1: number,
  high: number,
  low: number,
): [number, number] {
  const keys = [key0 | 0, key1 | 0, key0 ^ key1 ^ PARITY];
  let x = (high + keys[0]!) | 0;
  let y = (low + keys[1]!) | 0;
  for (let group = 1; group <= 5; group++) {
    for (const rotation of ROTATIONS[group % 2]!) {
      x = (x + y) | 0;
      y = ((y << rotation) | (y >>> (32 - rotation))) ^ x;
    }
    x = (x + keys[group % 3]!) | 0;
    y = (y + keys[(group + 1) % 3]! + group) | 0;
  }
  return [x, y];
}

/** Makes the third word of the key, together with the other two. */
export const PARITY = 0x1bd11bda;

/** By how much the words of a group are rotated: of an even one, of an odd one. */
export const ROTATIONS = [
  [17, 29, 16, 24],
  [13, 15, 26, 6],
];
