import type { Code } from "../../wasm/code.js";

/** Transposes a square of float32x4 or float64x2 rows, in locals, into new locals. */
export function transpose(code: Code, rows: readonly number[]): number[] {
  const shuffle = (x: number, y: number, words: readonly number[]): number => {
    const bytes = words.flatMap((word) => [0, 1, 2, 3].map((byte) => 4 * word + byte));
    const result = code.local("v128");
    code
      .get(x)
      .get(y)
      .emit("i8x16.shuffle", ...bytes)
      .set(result);
    return result;
  };
  const low = (x: number, y: number) => shuffle(x, y, [0, 1, 4, 5]);
  const high = (x: number, y: number) => shuffle(x, y, [2, 3, 6, 7]);
  if (rows.length === 2) return [low(rows[0]!, rows[1]!), high(rows[0]!, rows[1]!)];
  const [a, b, c, d] = rows as [number, number, number, number];
  const [upper, lower] = [
    [a, b],
    [c, d],
  ].map(([x, y]) => [shuffle(x!, y!, [0, 4, 1, 5]), shuffle(x!, y!, [2, 6, 3, 7])]);
  return [0, 1].flatMap((half) => [
    low(upper![half]!, lower![half]!),
    high(upper![half]!, lower![half]!),
  ]);
}
