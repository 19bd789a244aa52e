/** The order of numbers that sorting and searching share: negative if a < b; NaN is the largest. */
export function compare(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return a === b ? 0 : Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}
