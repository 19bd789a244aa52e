// Printed by `npm run docs` from the definition of asinh; do not edit.
import { double, powers, words } from "../bits.js";

const f = Math.fround;

/** `asinh` on numbers of either dtype. */
export const asinh = {
  float64: (x: number): number => {
    const v1 = Math.abs(x);
    const v2 = v1 > 1152921504606847000;
    let v3: number;
    if (v2) {
      v3 = v1;
    } else {
      const v4 = v1 * v1;
      v3 = v1 + v4 / (Math.sqrt(v4 + 1) + 1);
    }
    let v5: number;
    if (v3 === 0) {
      v5 = v3;
    } else {
      const v6 = v3 + 1;
      if (v6 > 0) {
        if (v6 < Infinity) {
          const v7 = v6 < 2.2250738585072014e-308;
          const v8 = v7 ? v6 * 18014398509481984 : v6;
          double[0] = v8;
          const v9 = (words[1]! - 1072079006) >> 20;
          const v10 = v7 ? v9 - 54 : v9;
          double[0] = v8;
          const v11 = v8 * powers[(1024 - ((words[1]! - 1072079006) >> 20)) & 2047]!;
          const v12 = v11 - 1;
          const v13 = v12 * v12 * 0.5;
          const v14 = v12 / (v12 + 2);
          const v15 = v14 * v14;
          const v16 =
            v15 * (v15 * (v15 * 0.14798198605116586 + 0.15313837699209373) + 0.1818357216161805);
          const v17 =
            v15 * (v15 * (v16 + 0.22222198432149784) + 0.2857142874366239) + 0.3999999999940942;
          const v18 = v14 * (v13 + v15 * (v15 * v17 + 0.6666666666666735));
          const v19 = v6 - 1;
          const v20 = v10 * 1.9082149292705877e-10 + (1 - (v6 - v19) + (v3 - v19)) / v6;
          v5 = v10 * 0.6931471803691238 - (v13 - (v18 + v20) - v12);
        } else {
          v5 = v6;
        }
      } else {
        v5 = v6 === 0 ? -Infinity : NaN;
      }
    }
    const v21 = v2 ? v5 + Math.LN2 : v5;
    return x > 0 ? v21 : x < 0 ? -v21 : x;
  },

  float32: (x: number): number => {
    const v1 = Math.abs(x);
    const v2 = v1 > 1073741824;
    let v3: number;
    if (v2) {
      v3 = v1;
    } else {
      const v4 = f(v1 * v1);
      v3 = f(v1 + f(v4 / f(f(Math.sqrt(f(v4 + 1))) + 1)));
    }
    let v5: number;
    if (v3 === 0) {
      v5 = v3;
    } else {
      const v6 = f(v3 + 1);
      if (v6 > 0) {
        if (v6 < Infinity) {
          const v7 = v6 < 1.1754943508222875e-38;
          const v8 = v7 ? f(v6 * 33554432) : v6;
          double[0] = v8;
          const v9 = (words[1]! - 1072079006) >> 20;
          const v10 = v7 ? f(v9 - 25) : v9;
          double[0] = v8;
          const v11 = v8 * powers[(1024 - ((words[1]! - 1072079006) >> 20)) & 2047]!;
          const v12 = f(v11 - 1);
          const v13 = f(f(v12 * v12) * 0.5);
          const v14 = f(v12 / f(v12 + 2));
          const v15 = f(v14 * v14);
          const v16 = f(
            v15 *
              f(
                f(v15 * f(f(v15 * 0.24279078841209412) + 0.2849878668785095)) + 0.40000972151756287,
              ),
          );
          const v17 = f(v6 - 1);
          const v18 = f(
            f(v10 * 0.00000905800061445916) + f(f(f(1 - f(v6 - v17)) + f(v3 - v17)) / v6),
          );
          const v19 = f(f(v14 * f(v13 + f(v15 * f(v16 + 0.6666666269302368)))) + v18);
          v5 = f(f(v10 * 0.6931381225585938) - f(f(v13 - v19) - v12));
        } else {
          v5 = v6;
        }
      } else {
        v5 = v6 === 0 ? -Infinity : NaN;
      }
    }
    const v20 = v2 ? f(v5 + 0.6931471824645996) : v5;
    return x > 0 ? v20 : x < 0 ? -v20 : x;
  },
};
