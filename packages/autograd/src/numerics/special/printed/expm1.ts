// Printed by `npm run docs` from the definition of expm1; do not edit.
import { powers } from "../bits.js";

const f = Math.fround;

/** `expm1` on numbers of either dtype. */
export const expm1 = {
  float64: (x: number): number => {
    if (x === 0) {
      return x;
    }
    if (x > 711) {
      return Infinity;
    }
    if (x < -38) {
      return -1;
    }
    const v1 = x * Math.LOG2E + 6755399441055744 - 6755399441055744;
    const v2 = v1 > 60 ? 1 : 1 - powers[(-v1 + 1024) & 2047]!;
    const v3 = x - v1 * 0.6931471803691238;
    const v4 = v1 * 1.9082149292705877e-10;
    const v5 = v3 - v4;
    const v6 = v2 + v5;
    const v7 = v5 * 0.5;
    const v8 = v5 * v7;
    const v9 =
      v8 * (v8 * (v8 * -2.0109921818362437e-7 + 0.000004008217827329362) - 0.0000793650757867488);
    const v10 = v8 * (v8 * (v9 + 0.0015873015872548146) - 0.03333333333333313) + 1;
    const v11 = 3 - v10 * v7;
    const v12 = v3 - v5 - v4;
    const v13 = v8 * ((v10 - v11) / (6 - v5 * v11)) - v12;
    const v14 = v6 - (v5 * v13 - v12 - v8 - (v5 - (v6 - v2)));
    const v15 = Math.floor(v1 * 0.5);
    return v14 * powers[(v15 + 1024) & 2047]! * powers[(v1 - v15 + 1024) & 2047]!;
  },

  float32: (x: number): number => {
    if (x === 0) {
      return x;
    }
    if (x > 90) {
      return Infinity;
    }
    if (x < -18) {
      return -1;
    }
    const v1 = f(x * 1.4426950216293335) + 6755399441055744 - 6755399441055744;
    const v2 = v1 > 30 ? 1 : f(1 - powers[(-v1 + 1024) & 2047]!);
    const v3 = f(x - f(v1 * 0.693145751953125));
    const v4 = f(v1 * 0.000001428606765330187);
    const v5 = f(v3 - v4);
    const v6 = f(v2 + v5);
    const v7 = f(v5 * 0.5);
    const v8 = f(v5 * v7);
    const v9 = f(f(v8 * f(f(v8 * 0.0015807170420885086) - 0.03333321213722229)) + 1);
    const v10 = f(3 - f(v9 * v7));
    const v11 = f(f(v3 - v5) - v4);
    const v12 = f(f(v8 * f(f(v9 - v10) / f(6 - f(v5 * v10)))) - v11);
    const v13 = f(v6 - f(f(f(f(v5 * v12) - v11) - v8) - f(v5 - f(v6 - v2))));
    const v14 = Math.floor(f(v1 * 0.5));
    return f(f(v13 * powers[(v14 + 1024) & 2047]!) * powers[(f(v1 - v14) + 1024) & 2047]!);
  },
};
