// Elementary functions from their power series: references that share nothing with Math.*.

/** Σ terms, each made from the one before by `next`, until they no longer count. */
function series(first: number, next: (term: number, n: number) => number): number {
  let sum = 0;
  let term = first;
  for (let n = 1; n < 500 && Math.abs(term) > 1e-20 * Math.abs(sum); n++) {
    sum += term;
    term = next(term, n);
  }
  return sum;
}

/** The exponential, of a number small enough for its series and then squared up. */
export function exp(x: number): number {
  const halvings = Math.max(0, Math.ceil(Math.log2(Math.abs(x) + 1)) + 1);
  const small = x / 2 ** halvings;
  let y = series(1, (term, n) => (term * small) / n);
  for (let i = 0; i < halvings; i++) y *= y;
  return y;
}

/** The logarithm of m·2ᵉ as e·log 2 + 2·artanh((m − 1) / (m + 1)). */
export function log(x: number): number {
  const exponent = Math.floor(Math.log2(x) + 0.5);
  const artanh = (z: number) =>
    series(1, (term, n) => (term * z * z * (2 * n - 1)) / (2 * n + 1)) * z;
  const mantissa = x / 2 ** exponent;
  return exponent * 2 * artanh(1 / 3) + 2 * artanh((mantissa - 1) / (mantissa + 1));
}

export const sin = (x: number): number =>
  series(x, (term, n) => (-term * x * x) / (2 * n * (2 * n + 1)));

export const cos = (x: number): number =>
  series(1, (term, n) => (-term * x * x) / (2 * n * (2 * n - 1)));

/** The error function as (2/√π)·exp(−x²)·Σ (2x²)ⁿ x / (1·3·…·(2n + 1)): all terms positive. */
export const erf = (x: number): number =>
  ((2 * exp(-x * x)) / Math.sqrt(Math.PI)) *
  series(x, (term, n) => (term * 2 * x * x) / (2 * n + 1));

/** The root of an increasing function between two places, by bisection. */
export function bisect(f: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
