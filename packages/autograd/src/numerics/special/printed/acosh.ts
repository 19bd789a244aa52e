// Printed by `npm run docs` from the definition of acosh; do not edit.
import { double, powers, words } from "../bits.js";

const f = Math.fround;

/** `acosh` on numbers of either dtype. */
export const acosh = {
  float64: (x: number): number => {
    if (x < 1) {
      return NaN;
    }
    const v1 = x > 1152921504606847000;
    let v2: number;
    if (v1) {
      v2 = x;
    } else {
      const v3 = x - 1;
      v2 = v3 + Math.sqrt(v3 * v3 + v3 * 2);
    }
    let v4: number;
    if (v2 === 0) {
      v4 = v2;
    } else {
      const v5 = v2 + 1;
      if (v5 > 0) {
        if (v5 < Infinity) {
          const v6 = v5 < 2.2250738585072014e-308;
          const v7 = v6 ? v5 * 18014398509481984 : v5;
          double[0] = v7;
          const v8 = (words[1]! - 1072079006) >> 20;
          const v9 = v6 ? v8 - 54 : v8;
          double[0] = v7;
          const v10 = v7 * powers[(1024 - ((words[1]! - 1072079006) >> 20)) & 2047]!;
          const v11 = v10 - 1;
          const v12 = v11 * v11 * 0.5;
          const v13 = v11 / (v11 + 2);
          const v14 = v13 * v13;
          const v15 =
            v14 * (v14 * (v14 * 0.14798198605116586 + 0.15313837699209373) + 0.1818357216161805);
          const v16 =
            v14 * (v14 * (v15 + 0.22222198432149784) + 0.2857142874366239) + 0.3999999999940942;
          const v17 = v13 * (v12 + v14 * (v14 * v16 + 0.6666666666666735));
          const v18 = v5 - 1;
          const v19 = v9 * 1.9082149292705877e-10 + (1 - (v5 - v18) + (v2 - v18)) / v5;
          v4 = v9 * 0.6931471803691238 - (v12 - (v17 + v19) - v11);
        } else {
          v4 = v5;
        }
      } else {
        v4 = v5 === 0 ? -Infinity : NaN;
      }
    }
    return v1 ? v4 + Math.LN2 : v4;
  },

  float32: (x: number): number => {
    if (x < 1) {
      return NaN;
    }
    const v1 = x > 1073741824;
    let v2: number;
    if (v1) {
      v2 = x;
    } else {
      const v3 = f(x - 1);
      v2 = f(v3 + f(Math.sqrt(f(f(v3 * v3) + f(v3 * 2)))));
    }
    let v4: number;
    if (v2 === 0) {
      v4 = v2;
    } else {
      const v5 = f(v2 + 1);
      if (v5 > 0) {
        if (v5 < Infinity) {
          const v6 = v5 < 1.1754943508222875e-38;
          const v7 = v6 ? f(v5 * 33554432) : v5;
          double[0] = v7;
          const v8 = (words[1]! - 1072079006) >> 20;
          const v9 = v6 ? f(v8 - 25) : v8;
          double[0] = v7;
          const v10 = v7 * powers[(1024 - ((words[1]! - 1072079006) >> 20)) & 2047]!;
          const v11 = f(v10 - 1);
          const v12 = f(f(v11 * v11) * 0.5);
          const v13 = f(v11 / f(v11 + 2));
          const v14 = f(v13 * v13);
          const v15 = f(
            v14 *
              f(
                f(v14 * f(f(v14 * 0.24279078841209412) + 0.2849878668785095)) + 0.40000972151756287,
              ),
          );
          const v16 = f(v5 - 1);
          const v17 = f(
            f(v9 * 0.00000905800061445916) + f(f(f(1 - f(v5 - v16)) + f(v2 - v16)) / v5),
          );
          const v18 = f(f(v13 * f(v12 + f(v14 * f(v15 + 0.6666666269302368)))) + v17);
          v4 = f(f(v9 * 0.6931381225585938) - f(f(v12 - v18) - v11));
        } else {
          v4 = v5;
        }
      } else {
        v4 = v5 === 0 ? -Infinity : NaN;
      }
    }
    return v1 ? f(v4 + 0.6931471824645996) : v4;
  },
};
