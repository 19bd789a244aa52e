// Printed by `npm run docs` from the definition of atan; do not edit.

const f = Math.fround;

/** `atan` on numbers of either dtype. */
export const atan = {
  float64: (x: number): number => {
    const v1 = Math.abs(x);
    const v2 = v1 > 1;
    const v3 = v2 ? 1 / v1 : v1;
    const v4 = v3 > 0.66;
    const v5 = v4 ? (v3 - 1) / (v3 + 1) : v3;
    const v6 = v5 * v5;
    const v7 = v6 * (v6 * (v6 * -0.8750608600031904 - 16.157537187333652) - 75.00855792314705);
    const v8 = v6 * (v6 * (v6 + 24.858464901423062) + 165.02700983169885) + 432.88106049129027;
    const v9 =
      (v6 * (v6 * (v7 - 122.88666844901361) - 64.85021904942025)) /
      (v6 * (v6 * v8 + 485.3903996359137) + 194.5506571482614);
    const v10 = v5 * v9;
    const v11 = v4 ? v10 + 3.061616997868383e-17 + v5 + 0.7853981633974483 : v5 + v10;
    const v12 = v2 ? 1.5707963267948966 - (v11 - 6.123233995736766e-17) : v11;
    return x > 0 ? v12 : x < 0 ? -v12 : x;
  },

  float32: (x: number): number => {
    const v1 = Math.abs(x);
    const v2 = v1 > 1;
    const v3 = v2 ? f(1 / v1) : v1;
    const v4 = v3 > 0.4142135679721832;
    const v5 = v4 ? f(f(v3 - 1) / f(v3 + 1)) : v3;
    const v6 = f(v5 * v5);
    const v7 = f(
      v6 * f(f(v6 * f(f(v6 * 0.08053744584321976) - 0.13877685368061066)) + 0.19977711141109467),
    );
    const v8 = f(v5 * f(v6 * f(v7 - 0.3333294987678528)));
    const v9 = v4 ? f(f(f(v8 - 2.1855694143368964e-8) + v5) + 0.7853981852531433) : f(v5 + v8);
    const v10 = v2 ? f(1.5707963705062866 - f(v9 - -4.371138828673793e-8)) : v9;
    return x > 0 ? v10 : x < 0 ? -v10 : x;
  },
};
