// Printed by `npm run docs` from the definition of exp; do not edit.
import { powers } from "../bits.js";

const f = Math.fround;

/** `exp` on numbers of either dtype. */
export const exp = {
  float64: (x: number): number => {
    if (x > 711) {
      return Infinity;
    }
    if (x < -746) {
      return 0;
    }
    const v1 = x * Math.LOG2E + 6755399441055744 - 6755399441055744;
    const v2 = v1 * 1.9082149292705877e-10;
    const v3 = x - v1 * 0.6931471803691238;
    const v4 = v3 - v2;
    const v5 = v4 * v4;
    const v6 =
      v5 * (v5 * (v5 * 4.1381367970572385e-8 - 0.0000016533902205465252) + 0.00006613756321437934);
    const v7 = v4 - v5 * (v5 * (v6 - 0.0027777777777015593) + 0.16666666666666602);
    const v8 = 1 - (v2 - (v4 * v7) / (2 - v7) - v3);
    const v9 = Math.floor(v1 * 0.5);
    return v8 * powers[(v9 + 1024) & 2047]! * powers[(v1 - v9 + 1024) & 2047]!;
  },

  float32: (x: number): number => {
    if (x > 90) {
      return Infinity;
    }
    if (x < -104) {
      return 0;
    }
    const v1 = f(x * 1.4426950216293335) + 6755399441055744 - 6755399441055744;
    const v2 = f(v1 * 0.000001428606765330187);
    const v3 = f(x - f(v1 * 0.693145751953125));
    const v4 = f(v3 - v2);
    const v5 = f(v4 * v4);
    const v6 = f(v4 - f(v5 * f(f(v5 * -0.0027667332906275988) + 0.16666625440120697)));
    const v7 = f(1 - f(f(v2 - f(f(v4 * v6) / f(2 - v6))) - v3));
    const v8 = Math.floor(f(v1 * 0.5));
    return f(f(v7 * powers[(v8 + 1024) & 2047]!) * powers[(f(v1 - v8) + 1024) & 2047]!);
  },
};
