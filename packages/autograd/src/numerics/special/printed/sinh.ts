// Printed by `npm run docs` from the definition of sinh; do not edit.
import { powers } from "../bits.js";

const f = Math.fround;

/** `sinh` on numbers of either dtype. */
export const sinh = {
  float64: (x: number): number => {
    const v1 = Math.abs(x);
    let v2: number;
    if (v1 === 0) {
      v2 = v1;
    } else if (v1 > 711) {
      v2 = Infinity;
    } else if (v1 < -38) {
      v2 = -0.5;
    } else {
      const v3 = v1 * Math.LOG2E + 6755399441055744 - 6755399441055744;
      const v4 = v3 > 60 ? 1 : 1 - powers[(-v3 + 1024) & 2047]!;
      const v5 = v1 - v3 * 0.6931471803691238;
      const v6 = v3 * 1.9082149292705877e-10;
      const v7 = v5 - v6;
      const v8 = v4 + v7;
      const v9 = v7 * 0.5;
      const v10 = v7 * v9;
      const v11 =
        v10 *
        (v10 * (v10 * -2.0109921818362437e-7 + 0.000004008217827329362) - 0.0000793650757867488);
      const v12 = v10 * (v10 * (v11 + 0.0015873015872548146) - 0.03333333333333313) + 1;
      const v13 = 3 - v12 * v9;
      const v14 = v5 - v7 - v6;
      const v15 = v10 * ((v12 - v13) / (6 - v7 * v13)) - v14;
      const v16 = v8 - (v7 * v15 - v14 - v10 - (v7 - (v8 - v4)));
      const v17 = v3 - 1;
      const v18 = Math.floor(v17 * 0.5);
      v2 = v16 * powers[(v18 + 1024) & 2047]! * powers[(v17 - v18 + 1024) & 2047]!;
    }
    const v19 = v2 * 2;
    const v20 = v2 / (v19 + 1);
    const v21 = v1 < 1 ? v19 - v19 * v20 : v19 < Infinity ? v2 + v20 : v2;
    return x > 0 ? v21 : x < 0 ? -v21 : x;
  },

  float32: (x: number): number => {
    const v1 = Math.abs(x);
    let v2: number;
    if (v1 === 0) {
      v2 = v1;
    } else if (v1 > 90) {
      v2 = Infinity;
    } else if (v1 < -18) {
      v2 = -0.5;
    } else {
      const v3 = f(v1 * 1.4426950216293335) + 6755399441055744 - 6755399441055744;
      const v4 = v3 > 30 ? 1 : f(1 - powers[(-v3 + 1024) & 2047]!);
      const v5 = f(v1 - f(v3 * 0.693145751953125));
      const v6 = f(v3 * 0.000001428606765330187);
      const v7 = f(v5 - v6);
      const v8 = f(v4 + v7);
      const v9 = f(v7 * 0.5);
      const v10 = f(v7 * v9);
      const v11 = f(f(v10 * f(f(v10 * 0.0015807170420885086) - 0.03333321213722229)) + 1);
      const v12 = f(3 - f(v11 * v9));
      const v13 = f(f(v5 - v7) - v6);
      const v14 = f(f(v10 * f(f(v11 - v12) / f(6 - f(v7 * v12)))) - v13);
      const v15 = f(v8 - f(f(f(f(v7 * v14) - v13) - v10) - f(v7 - f(v8 - v4))));
      const v16 = f(v3 - 1);
      const v17 = Math.floor(f(v16 * 0.5));
      v2 = f(f(v15 * powers[(v17 + 1024) & 2047]!) * powers[(f(v16 - v17) + 1024) & 2047]!);
    }
    const v18 = f(v2 * 2);
    const v19 = f(v2 / f(v18 + 1));
    const v20 = v1 < 1 ? f(v18 - f(v18 * v19)) : v18 < Infinity ? f(v2 + v19) : v2;
    return x > 0 ? v20 : x < 0 ? -v20 : x;
  },
};
