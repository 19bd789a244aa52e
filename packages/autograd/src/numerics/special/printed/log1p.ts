// Printed by `npm run docs` from the definition of log1p; do not edit.
import { double, powers, words } from "../bits.js";

const f = Math.fround;

/** `log1p` on numbers of either dtype. */
export const log1p = {
  float64: (x: number): number => {
    if (x === 0) {
      return x;
    }
    const v1 = x + 1;
    if (v1 > 0) {
      if (v1 < Infinity) {
        const v2 = v1 < 2.2250738585072014e-308;
        const v3 = v2 ? v1 * 18014398509481984 : v1;
        double[0] = v3;
        const v4 = (words[1]! - 1072079006) >> 20;
        const v5 = v2 ? v4 - 54 : v4;
        double[0] = v3;
        const v6 = v3 * powers[(1024 - ((words[1]! - 1072079006) >> 20)) & 2047]!;
        const v7 = v6 - 1;
        const v8 = v7 * v7 * 0.5;
        const v9 = v7 / (v7 + 2);
        const v10 = v9 * v9;
        const v11 =
          v10 * (v10 * (v10 * 0.14798198605116586 + 0.15313837699209373) + 0.1818357216161805);
        const v12 =
          v10 * (v10 * (v11 + 0.22222198432149784) + 0.2857142874366239) + 0.3999999999940942;
        const v13 = v9 * (v8 + v10 * (v10 * v12 + 0.6666666666666735));
        const v14 = v1 - 1;
        const v15 = v5 * 1.9082149292705877e-10 + (1 - (v1 - v14) + (x - v14)) / v1;
        return v5 * 0.6931471803691238 - (v8 - (v13 + v15) - v7);
      }
      return v1;
    }
    return v1 === 0 ? -Infinity : NaN;
  },

  float32: (x: number): number => {
    if (x === 0) {
      return x;
    }
    const v1 = f(x + 1);
    if (v1 > 0) {
      if (v1 < Infinity) {
        const v2 = v1 < 1.1754943508222875e-38;
        const v3 = v2 ? f(v1 * 33554432) : v1;
        double[0] = v3;
        const v4 = (words[1]! - 1072079006) >> 20;
        const v5 = v2 ? f(v4 - 25) : v4;
        double[0] = v3;
        const v6 = v3 * powers[(1024 - ((words[1]! - 1072079006) >> 20)) & 2047]!;
        const v7 = f(v6 - 1);
        const v8 = f(f(v7 * v7) * 0.5);
        const v9 = f(v7 / f(v7 + 2));
        const v10 = f(v9 * v9);
        const v11 = f(
          v10 *
            f(f(v10 * f(f(v10 * 0.24279078841209412) + 0.2849878668785095)) + 0.40000972151756287),
        );
        const v12 = f(v1 - 1);
        const v13 = f(f(v5 * 0.00000905800061445916) + f(f(f(1 - f(v1 - v12)) + f(x - v12)) / v1));
        const v14 = f(f(v9 * f(v8 + f(v10 * f(v11 + 0.6666666269302368)))) + v13);
        return f(f(v5 * 0.6931381225585938) - f(f(v8 - v14) - v7));
      }
      return v1;
    }
    return v1 === 0 ? -Infinity : NaN;
  },
};
