// Printed by `npm run docs` from the definition of tan; do not edit.
import { angleWithin, quarterTurns } from "../angle.js";
import { double, words } from "../bits.js";

const f = Math.fround;

/** `tan` on numbers of either dtype. */
export const tan = {
  float64: (x: number): number => {
    if (x === 0) {
      return x;
    }
    const v1 = x * 0.6366197723675814 + 6755399441055744 - 6755399441055744;
    const v2 = x - v1 * 1.5707963267341256;
    const v3 = v1 * 6.077100506303966e-11;
    const v4 = v2 - v3;
    const v5 = v2 - v4;
    const v6 = v4 + (v2 - (v4 + v5) + (v5 - v3) - v1 * 2.0222662487959506e-21);
    const v7 = Math.abs(x) >= 1048576 || Math.abs(v6) < Math.abs(v1) * 8.673617379884035e-19;
    const v8 = v7 ? angleWithin(x) : v6;
    const v9 = Math.abs(v8) > 0.6744;
    const v10 = v7 ? quarterTurns(x) : v1 - Math.floor(v1 * 0.25) * 4;
    const v11 = v10 === 1 || v10 === 3;
    const v12 = v11 ? -1 : 1;
    const v13 = v9 ? 0.7853981633974483 - Math.abs(v8) + 3.061616997868383e-17 : v8;
    const v14 = v13 * v13;
    const v15 =
      v14 *
      (v14 * (v14 * 0.00002590730518636337 - 0.000018558637485527546) + 0.00007140724913826082);
    const v16 =
      v14 * (v14 * (v15 + 0.00007817944429395571) + 0.0002464631348184699) + 0.0005880412408202641;
    const v17 = v14 * (v14 * (v14 * v16 + 0.0014562094543252903) + 0.0035920791075913124);
    const v18 =
      v14 * (v14 * (v17 + 0.0088632398235993) + 0.021869488294859542) + 0.05396825397622605;
    const v19 = v14 * v13 * (v14 * (v14 * v18 + 0.13333333333320124) + 0.3333333333333341);
    const v20 = v13 + v19;
    const v21 = (v9 ? v20 * v20 : -1) / (v9 ? v20 + v12 : v20);
    if (v9) {
      const v22 = v12 - (v13 - (v21 - v19)) * 2;
      return v8 > 0 ? v22 : v8 < 0 ? -v22 : v8;
    }
    if (v11) {
      double[0] = v21;
      words[0] = 0;
      const v23 = double[0]!;
      double[0] = v20;
      words[0] = 0;
      const v24 = double[0]!;
      const v25 = v21 * (v23 * v24 + 1 + v23 * (v19 - (v24 - v13)));
      return v23 + v25;
    }
    return v20;
  },

  float32: (x: number): number => {
    if (x === 0) {
      return x;
    }
    const v1 = f(x * 0.6366197466850281) + 6755399441055744 - 6755399441055744;
    const v2 = f(f(x - f(v1 * 1.5703125)) - f(v1 * 0.0004837512969970703));
    const v3 = f(v1 * 7.549533620476723e-8);
    const v4 = f(v2 - v3);
    const v5 = f(v2 - v4);
    const v6 = f(v4 + f(f(f(v2 - f(v4 + v5)) + f(v5 - v3)) - f(v1 * 2.5633440682570896e-12)));
    const v7 = Math.abs(x) >= 8192 || Math.abs(v6) < f(Math.abs(v1) * 2.3283064365386963e-10);
    const v8 = v7 ? f(quarterTurns(x)) : f(v1 - f(Math.floor(f(v1 * 0.25)) * 4));
    const v9 = v7 ? f(angleWithin(x)) : v6;
    const v10 = f(v9 * v9);
    const v11 = f(
      v10 *
        f(f(v10 * f(f(v10 * 0.00938540231436491) + 0.0031199222430586815)) + 0.024430135264992714),
    );
    const v12 = f(
      f(v10 * f(f(v10 * f(v11 + 0.05341127887368202)) + 0.1333879977464676)) + 0.33333155512809753,
    );
    const v13 = f(v9 + f(f(v10 * v9) * v12));
    return v8 === 1 || v8 === 3 ? f(-1 / v13) : v13;
  },
};
