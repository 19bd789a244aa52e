// Printed by `npm run docs` from the definition of log2; do not edit.
import { double, powers, single, word, words } from "../bits.js";

const f = Math.fround;

/** `log2` on numbers of either dtype. */
export const log2 = {
  float64: (x: number): number => {
    if (x > 0) {
      if (x < Infinity) {
        const v1 = x < 2.2250738585072014e-308;
        const v2 = v1 ? x * 18014398509481984 : x;
        double[0] = v2;
        const v3 = v2 * powers[(1024 - ((words[1]! - 1072079006) >> 20)) & 2047]!;
        const v4 = v3 - 1;
        const v5 = v4 * v4 * 0.5;
        double[0] = v4 - v5;
        words[0] = 0;
        const v6 = double[0]!;
        const v7 = v4 / (v4 + 2);
        const v8 = v7 * v7;
        const v9 =
          v8 * (v8 * (v8 * 0.14798198605116586 + 0.15313837699209373) + 0.1818357216161805);
        const v10 =
          v8 * (v8 * (v9 + 0.22222198432149784) + 0.2857142874366239) + 0.3999999999940942;
        const v11 = v7 * (v5 + v8 * (v8 * v10 + 0.6666666666666735));
        const v12 = v4 - v6 - v5 + v11;
        double[0] = v2;
        const v13 = (words[1]! - 1072079006) >> 20;
        const v14 = v1 ? v13 - 54 : v13;
        const v15 = v6 * 1.4426950407214463;
        const v16 = v14 + v15;
        return (
          (v12 + v6) * 1.6751713164886512e-10 + v12 * 1.4426950407214463 + (v14 - v16 + v15) + v16
        );
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
        const v3 = v2 * powers[(1024 - ((words[1]! - 1072079006) >> 20)) & 2047]!;
        const v4 = f(v3 - 1);
        const v5 = f(f(v4 * v4) * 0.5);
        single[0] = f(v4 - v5);
        word[0] = word[0]! & -4096;
        const v6 = single[0]!;
        const v7 = f(v4 / f(v4 + 2));
        const v8 = f(v7 * v7);
        const v9 = f(
          v8 * f(f(v8 * f(f(v8 * 0.24279078841209412) + 0.2849878668785095)) + 0.40000972151756287),
        );
        const v10 = f(f(f(v4 - v6) - v5) + f(v7 * f(v5 + f(v8 * f(v9 + 0.6666666269302368)))));
        double[0] = v2;
        const v11 = (words[1]! - 1072079006) >> 20;
        const v12 = v1 ? f(v11 - 25) : v11;
        const v13 = f(v6 * 1.44287109375);
        const v14 = f(v12 + v13);
        return f(
          f(
            f(f(f(v10 + v6) * -0.00017605285393074155) + f(v10 * 1.44287109375)) +
              f(f(v12 - v14) + v13),
          ) + v14,
        );
      }
      return x;
    }
    return x === 0 ? -Infinity : NaN;
  },
};
