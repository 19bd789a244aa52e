/*
 * x modulo π/2 for any x, exactly: x·2/π in integers of as many bits as it takes (Payne and
 * Hanek, "Radian reduction for trigonometric functions", SIGNUM Newsletter 18, 1983).
 */
const BITS = 1152n;
const TWO_OVER_PI = BigInt(
  `0x${[
    "a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea",
    "09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b",
    "1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f7",
    "8a5292ea6bfb5fb11f8d5d08",
  ].join("")}`,
);
/** π/2 to 192 bits after the point. */
const HALF_PI = 0x1921fb54442d18469898cc51701b839a252049c1114cf98e8n;

/** x = (turns + rest/2¹⁹²)·π/2 with |rest/2¹⁹²| ≤ ½; exact for |x| ≥ ½. */
function reduce(x: number) {
  const isScaled = Math.abs(x) < 2 ** 53;
  const bits = isScaled ? BITS + 53n : BITS;
  const integer = isScaled ? Math.trunc(x * 2 ** 53) : x;
  const product = BigInt(integer) * TWO_OVER_PI;
  const turns = (product + (1n << (bits - 1n))) >> bits;
  return { turns, rest: (product - (turns << bits)) >> (bits - 192n) };
}

/** The quarter turns in x: 0, 1, 2 or 3. */
export function quarterTurns(x: number): number {
  return Number.isFinite(x) ? Number(reduce(x).turns & 3n) : Number.NaN;
}

/** What quarter turns leave of x: a number between −π/4 and π/4. */
export function angleWithin(x: number): number {
  return Number.isFinite(x) ? Number((reduce(x).rest * HALF_PI) >> 192n) * 2 ** -192 : Number.NaN;
}
