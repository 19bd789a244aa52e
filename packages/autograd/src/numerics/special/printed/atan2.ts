// Printed by `npm run docs` from the definition of atan2; do not edit.
import { isNegative } from "../bits.js";

const f = Math.fround;

/** `atan2` on numbers of either dtype. */
export const atan2 = {
  float64: (x: number, y: number): number => {
    const v1 = isNegative(y);
    const v2 = Math.abs(y);
    const v3 = Math.abs(x);
    const v4 = v2 < v3;
    const v5 = v4 ? v3 : v2;
    const v6 = v4 ? v2 : v3;
    const v7 = v5 === 0 ? v6 : v6 === v5 ? 1 : v6 / v5;
    const v8 = v7 > 0.66;
    const v9 = v8 ? (v7 - 1) / (v7 + 1) : v7;
    const v10 = v9 * v9;
    const v11 = v10 * (v10 * (v10 * -0.8750608600031904 - 16.157537187333652) - 75.00855792314705);
    const v12 = v10 * (v10 * (v10 + 24.858464901423062) + 165.02700983169885) + 432.88106049129027;
    const v13 =
      (v10 * (v10 * (v11 - 122.88666844901361) - 64.85021904942025)) /
      (v10 * (v10 * v12 + 485.3903996359137) + 194.5506571482614);
    const v14 = v9 * v13;
    const v15 = v8 ? v14 + 3.061616997868383e-17 + v9 + 0.7853981633974483 : v9 + v14;
    const v16 = -v15;
    const v17 = v4 ? 1 : v1 ? 2 : 0;
    const v18 =
      (v1 ? (v4 ? v15 : v16) : v4 ? v16 : v15) +
      v17 * 6.123233995736766e-17 +
      v17 * 1.5707963267948966;
    return isNegative(x) ? -v18 : v18;
  },

  float32: (x: number, y: number): number => {
    const v1 = isNegative(y);
    const v2 = Math.abs(y);
    const v3 = Math.abs(x);
    const v4 = v2 < v3;
    const v5 = v4 ? v3 : v2;
    const v6 = v4 ? v2 : v3;
    const v7 = v5 === 0 ? v6 : v6 === v5 ? 1 : f(v6 / v5);
    const v8 = v7 > 0.4142135679721832;
    const v9 = v8 ? f(f(v7 - 1) / f(v7 + 1)) : v7;
    const v10 = f(v9 * v9);
    const v11 = f(
      v10 * f(f(v10 * f(f(v10 * 0.08053744584321976) - 0.13877685368061066)) + 0.19977711141109467),
    );
    const v12 = f(v9 * f(v10 * f(v11 - 0.3333294987678528)));
    const v13 = v8 ? f(f(f(v12 - 2.1855694143368964e-8) + v9) + 0.7853981852531433) : f(v9 + v12);
    const v14 = -v13;
    const v15 = v4 ? 1 : v1 ? 2 : 0;
    const v16 = f(
      f((v1 ? (v4 ? v13 : v14) : v4 ? v14 : v13) + f(v15 * -4.371138828673793e-8)) +
        f(v15 * 1.5707963705062866),
    );
    return isNegative(x) ? -v16 : v16;
  },
};
