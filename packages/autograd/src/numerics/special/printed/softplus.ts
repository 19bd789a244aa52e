// Printed by `npm run docs` from the definition of softplus; do not edit.
import { double, powers, words } from "../bits.js";

const f = Math.fround;

/** `softplus` on numbers of either dtype. */
export const softplus = {
  float64: (x: number): number => {
    const v1 = -Math.abs(x);
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
      const v11 = Math.floor(v3 * 0.5);
      v2 = v10 * powers[(v11 + 1024) & 2047]! * powers[(v3 - v11 + 1024) & 2047]!;
    }
    let v12: number;
    if (v2 === 0) {
      v12 = v2;
    } else {
      const v13 = v2 + 1;
      if (v13 > 0) {
        if (v13 < Infinity) {
          const v14 = v13 < 2.2250738585072014e-308;
          const v15 = v14 ? v13 * 18014398509481984 : v13;
          double[0] = v15;
          const v16 = (words[1]! - 1072079006) >> 20;
          const v17 = v14 ? v16 - 54 : v16;
          double[0] = v15;
          const v18 = v15 * powers[(1024 - ((words[1]! - 1072079006) >> 20)) & 2047]!;
          const v19 = v18 - 1;
          const v20 = v19 * v19 * 0.5;
          const v21 = v19 / (v19 + 2);
          const v22 = v21 * v21;
          const v23 =
            v22 * (v22 * (v22 * 0.14798198605116586 + 0.15313837699209373) + 0.1818357216161805);
          const v24 =
            v22 * (v22 * (v23 + 0.22222198432149784) + 0.2857142874366239) + 0.3999999999940942;
          const v25 = v21 * (v20 + v22 * (v22 * v24 + 0.6666666666666735));
          const v26 = v13 - 1;
          const v27 = v17 * 1.9082149292705877e-10 + (1 - (v13 - v26) + (v2 - v26)) / v13;
          v12 = v17 * 0.6931471803691238 - (v20 - (v25 + v27) - v19);
        } else {
          v12 = v13;
        }
      } else {
        v12 = v13 === 0 ? -Infinity : NaN;
      }
    }
    return x > 0 ? x + v12 : v12;
  },

  float32: (x: number): number => {
    const v1 = -Math.abs(x);
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
      const v10 = Math.floor(f(v3 * 0.5));
      v2 = f(f(v9 * powers[(v10 + 1024) & 2047]!) * powers[(f(v3 - v10) + 1024) & 2047]!);
    }
    let v11: number;
    if (v2 === 0) {
      v11 = v2;
    } else {
      const v12 = f(v2 + 1);
      if (v12 > 0) {
        if (v12 < Infinity) {
          const v13 = v12 < 1.1754943508222875e-38;
          const v14 = v13 ? f(v12 * 33554432) : v12;
          double[0] = v14;
          const v15 = (words[1]! - 1072079006) >> 20;
          const v16 = v13 ? f(v15 - 25) : v15;
          double[0] = v14;
          const v17 = v14 * powers[(1024 - ((words[1]! - 1072079006) >> 20)) & 2047]!;
          const v18 = f(v17 - 1);
          const v19 = f(f(v18 * v18) * 0.5);
          const v20 = f(v18 / f(v18 + 2));
          const v21 = f(v20 * v20);
          const v22 = f(
            v21 *
              f(
                f(v21 * f(f(v21 * 0.24279078841209412) + 0.2849878668785095)) + 0.40000972151756287,
              ),
          );
          const v23 = f(v12 - 1);
          const v24 = f(
            f(v16 * 0.00000905800061445916) + f(f(f(1 - f(v12 - v23)) + f(v2 - v23)) / v12),
          );
          const v25 = f(f(v20 * f(v19 + f(v21 * f(v22 + 0.6666666269302368)))) + v24);
          v11 = f(f(v16 * 0.6931381225585938) - f(f(v19 - v25) - v18));
        } else {
          v11 = v12;
        }
      } else {
        v11 = v12 === 0 ? -Infinity : NaN;
      }
    }
    return x > 0 ? f(x + v11) : v11;
  },
};
