import { readFileSync } from "node:fs";

/** How a golden number is drawn: golden/special.py says what each kind is. */
type Range = readonly [kind: string, a: number, b: number, c?: number];

interface Golden {
  readonly _made_by: { readonly script: string; readonly sha256: string; readonly seed: number };
  readonly points: number;
  readonly functions: {
    readonly [name: string]: {
      readonly ranges: readonly (Range | readonly [Range, Range])[];
      readonly values: string;
    };
  };
}

export const goldenFile = (name: string): string =>
  readFileSync(new URL(`../golden/${name}`, import.meta.url), "utf8");

export const golden: Golden = JSON.parse(goldenFile("special.json"));

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The points of a function, each with the 18 bits that are known of its value. */
export function goldenPoints(name: string): { x: number[]; bits: number }[] {
  const { ranges, values } = golden.functions[name]!;
  const draw = stream(golden._made_by.seed);
  return Array.from({ length: golden.points }, (_, i) => {
    const range = ranges[i % ranges.length]!;
    const each = (typeof range[0] === "string" ? [range] : range) as readonly Range[];
    const [a, b, c] = [...values.slice(3 * i, 3 * i + 3)].map((digit) => BASE64.indexOf(digit));
    return { x: each.map(draw), bits: (a! << 12) | (b! << 6) | c! };
  });
}

function stream(seed: number): (range: Range) => number {
  let state = BigInt(seed);
  const uniform = (): number => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(state >> 11n) / 2 ** 53;
  };
  const integer = (lo: number, hi: number) => lo + Math.floor(uniform() * (hi - lo + 1));
  const positive = (lo: number, hi: number) => (1 + uniform()) * 2 ** integer(lo, hi);
  const signed = (lo: number, hi: number) => (uniform() < 0.5 ? -1 : 1) * positive(lo, hi);
  const kinds: { readonly [kind: string]: (a: number, b: number, c: number) => number } = {
    uniform: (a, b) => a + (b - a) * uniform(),
    binades: signed,
    positive,
    around: (a, b, c) => a + signed(b, c),
    above: (a, b, c) => a + positive(b, c),
    below: (a, b, c) => a - positive(b, c),
    multiples: (a, b) => a * integer(0, b - 1),
    integers: integer,
  };
  return ([kind, a, b, c = 0]) => kinds[kind]!(a, b, c);
}

const view = new DataView(new ArrayBuffer(8));

/** The error of y in units in the last place, given what is known of the true value. */
export function ulpError(y: number, bits: number): number {
  view.setFloat64(0, y);
  const isNegative = bits >= 2 ** 17;
  if (view.getUint32(0) >>> 31 !== Number(isNegative) && y !== 0) return Number.POSITIVE_INFINITY;
  const units = (view.getUint32(4) * 32 - bits) & (2 ** 17 - 1);
  return Math.min(units, 2 ** 17 - units) / 32;
}
