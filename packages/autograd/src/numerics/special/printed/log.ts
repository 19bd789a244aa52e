// Printed by `npm run docs` from the definition of log; do not edit.
import { double, powers, words } from "../bits.js";

const f = Math.fround;

/** `log` on numbers of either dtype. */
export const log = {
  float64: (x: number): number => {
    if (x > 0) {
      if (x < Infinity) {
        const v1 = x < 2.2250738585072014e-308;
        const v2 = v1 ? x * 18014398509481984 : x;
        double[0] = v2;
        const v3 = (words[1]! - 1072079006) >> 20;
        const v4 = v1 ? v3 - 54 : v3;
        double[0] = v2;
        const v5 = v2 * powers[(1024 - ((words[1]! - 1072079006) >> 20)) & 2047]!;
        const v6 = v5 - 1;
        const v7 = v6 * v6 * 0.5;
        const v8 = v6 / (v6 + 2);
        const v9 = v8 * v8;
        const v10 =
          v9 * (v9 * (v9 * 0.14798198605116586 + 0.15313837699209373) + 0.1818357216161805);
        const v11 =
          v9 * (v9 * (v10 + 0.22222198432149784) + 0.2857142874366239) + 0.3999999999940942;
        const v12 = v8 * (v7 + v9 * (v9 * v11 + 0.6666666666666735));
        return v4 * 0.6931471803691238 - (v7 - (v12 + v4 * 1.9082149292705877e-10) - v6);
      }
      return x;
    }
    return x === 0 ? -Infinity : NaN;
  },

  float32: (x: number): number => {
    if (x > 0) {
      if (x < Infinity) {
        const v1 = x < 1.1754943508222875e-38;
        const v2 = v1 ? f(x * 33554432) : x;
        double[0] = v2;
        const v3 = (words[1]! - 1072079006) >> 20;
        const v4 = v1 ? f(v3 - 25) : v3;
        double[0] = v2;
        const v5 = v2 * powers[(1024 - ((words[1]! - 1072079006) >> 20)) & 2047]!;
        const v6 = f(v5 - 1);
        const v7 = f(f(v6 * v6) * 0.5);
        const v8 = f(v6 / f(v6 + 2));
        const v9 = f(v8 * v8);
        const v10 = f(
          v9 * f(f(v9 * f(f(v9 * 0.24279078841209412) + 0.2849878668785095)) + 0.40000972151756287),
        );
        const v11 = f(
          f(v8 * f(v7 + f(v9 * f(v10 + 0.6666666269302368)))) + f(v4 * 0.00000905800061445916),
        );
        return f(f(v4 * 0.6931381225585938) - f(f(v7 - v11) - v6));
      }
      return x;
    }
    return x === 0 ? -Infinity : NaN;
  },
};
