// Printed by `npm run docs` from the definition of sin; do not edit.
import { angleWithin, quarterTurns } from "../angle.js";

const f = Math.fround;

/** `sin` on numbers of either dtype. */
export const sin = {
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
    const v8 = v7 ? quarterTurns(x) : v1 - Math.floor(v1 * 0.25) * 4;
    const v9 = v7 ? angleWithin(x) : v6;
    const v10 = v9 * v9;
    let v11: number;
    if (v8 === 1 || v8 === 3) {
      const v12 = v10 * 0.5;
      const v13 = 1 - v12;
      const v14 =
        v10 *
        (v10 * (v10 * -1.1359647557788195e-11 + 2.087572321298175e-9) - 2.7557314351390663e-7);
      const v15 =
        v10 * (v10 * (v14 + 0.00002480158728947673) - 0.001388888888887411) + 0.0416666666666666;
      v11 = v13 + (1 - v13 - v12 + v10 * v10 * v15);
    } else {
      const v16 =
        v10 *
        (v10 * (v10 * 1.58969099521155e-10 - 2.5050760253406863e-8) + 0.0000027557313707070068);
      const v17 =
        v10 * (v10 * (v16 - 0.0001984126982985795) + 0.00833333333332249) - 0.16666666666666632;
      v11 = v9 + v10 * v9 * v17;
    }
    return v8 >= 2 ? -v11 : v11;
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
    let v11: number;
    if (v8 === 1 || v8 === 3) {
      const v12 = f(v10 * 0.5);
      const v13 = f(1 - v12);
      const v14 = f(
        f(v10 * v10) *
          f(
            f(v10 * f(f(v10 * 0.0000244331567955669) - 0.0013887316454201937)) +
              0.04166664555668831,
          ),
      );
      v11 = f(v13 + f(f(f(1 - v13) - v12) + v14));
    } else {
      const v15 = f(
        f(v10 * v9) *
          f(
            f(v10 * f(f(v10 * -0.00019515295571181923) + 0.008332161232829094)) -
              0.16666655242443085,
          ),
      );
      v11 = f(v9 + v15);
    }
    return v8 >= 2 ? -v11 : v11;
  },
};
