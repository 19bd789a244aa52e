// Printed by `npm run docs` from the definition of cosh; do not edit.
import { powers } from "../bits.js";

const f = Math.fround;

/** `cosh` on numbers of either dtype. */
export const cosh = {
  float64: (x: number): number => {
    const v1 = Math.abs(x);
    let v2: number;
    if (v1 > 711) {
      v2 = Infinity;
    } else if (v1 < -746) {
      v2 = 0;
    } else {
      const v3 = v1 * Math.LOG2E + 6755399441055744 - 6755399441055744;
      const v4 = v3 * 1.9082149292705877e-10;
      const v5 = v1 - v3 * 0.6931471803691238;
      const v6 = v5 - v4;
      const v7 = v6 * v6;
      const v8 =
        v7 *
        (v7 * (v7 * 4.1381367970572385e-8 - 0.0000016533902205465252) + 0.00006613756321437934);
      const v9 = v6 - v7 * (v7 * (v8 - 0.0027777777777015593) + 0.16666666666666602);
      const v10 = 1 - (v4 - (v6 * v9) / (2 - v9) - v5);
      const v11 = v3 - 1;
      const v12 = Math.floor(v11 * 0.5);
      v2 = v10 * powers[(v12 + 1024) & 2047]! * powers[(v11 - v12 + 1024) & 2047]!;
    }
    return v2 + 0.25 / v2;
  },

  float32: (x: number): number => {
    const v1 = Math.abs(x);
    let v2: number;
    if (v1 > 90) {
      v2 = Infinity;
    } else if (v1 < -104) {
      v2 = 0;
    } else {
      const v3 = f(v1 * 1.4426950216293335) + 6755399441055744 - 6755399441055744;
      const v4 = f(v3 * 0.000001428606765330187);
      const v5 = f(v1 - f(v3 * 0.693145751953125));
      const v6 = f(v5 - v4);
      const v7 = f(v6 * v6);
      const v8 = f(v6 - f(v7 * f(f(v7 * -0.0027667332906275988) + 0.16666625440120697)));
      const v9 = f(1 - f(f(v4 - f(f(v6 * v8) / f(2 - v8))) - v5));
      const v10 = f(v3 - 1);
      const v11 = Math.floor(f(v10 * 0.5));
      v2 = f(f(v9 * powers[(v11 + 1024) & 2047]!) * powers[(f(v10 - v11) + 1024) & 2047]!);
    }
    return f(v2 + f(0.25 / v2));
  },
};
