// Printed by `npm run docs` from the definition of tanh; do not edit.
import { powers } from "../bits.js";

const f = Math.fround;

/** `tanh` on numbers of either dtype. */
export const tanh = {
  float64: (x: number): number => {
    const v1 = Math.abs(x);
    let v2: number;
    if (v1 >= 22) {
      v2 = 1;
    } else {
      const v3 = v1 >= 1;
      const v4 = v1 * 2;
      let v5: number;
      if (v4 === 0) {
        v5 = v4;
      } else if (v4 > 711) {
        v5 = Infinity;
      } else if (v4 < -38) {
        v5 = -1;
      } else {
        const v6 = v4 * Math.LOG2E + 6755399441055744 - 6755399441055744;
        const v7 = v6 > 60 ? 1 : 1 - powers[(-v6 + 1024) & 2047]!;
        const v8 = v4 - v6 * 0.6931471803691238;
        const v9 = v6 * 1.9082149292705877e-10;
        const v10 = v8 - v9;
        const v11 = v7 + v10;
        const v12 = v10 * 0.5;
        const v13 = v10 * v12;
        const v14 =
          v13 *
          (v13 * (v13 * -2.0109921818362437e-7 + 0.000004008217827329362) - 0.0000793650757867488);
        const v15 = v13 * (v13 * (v14 + 0.0015873015872548146) - 0.03333333333333313) + 1;
        const v16 = 3 - v15 * v12;
        const v17 = v8 - v10 - v9;
        const v18 = v13 * ((v15 - v16) / (6 - v10 * v16)) - v17;
        const v19 = v11 - (v10 * v18 - v17 - v13 - (v10 - (v11 - v7)));
        const v20 = Math.floor(v6 * 0.5);
        v5 = v19 * powers[(v20 + 1024) & 2047]! * powers[(v6 - v20 + 1024) & 2047]!;
      }
      const v21 = (v3 ? 2 : v5) / (v5 + 2);
      v2 = v3 ? 1 - v21 : v21;
    }
    return x > 0 ? v2 : x < 0 ? -v2 : x;
  },

  float32: (x: number): number => {
    const v1 = Math.abs(x);
    let v2: number;
    if (v1 >= 10) {
      v2 = 1;
    } else if (v1 < 1) {
      const v3 = f(v1 * v1);
      const v4 = f(
        v3 *
          f(
            f(v3 * f(f(v3 * -0.00035845203092321754) + 0.0023013646714389324)) -
              0.007946106605231762,
          ),
      );
      const v5 = f(
        f(v3 * f(f(v3 * f(v4 + 0.021486656740307808)) - 0.05387980118393898)) + 0.13332344591617584,
      );
      v2 = f(v1 + f(f(v1 * v3) * f(f(v3 * v5) - 0.33333295583724976)));
    } else {
      const v6 = -v1;
      let v7: number;
      if (v6 > 90) {
        v7 = Infinity;
      } else if (v6 < -104) {
        v7 = 0;
      } else {
        const v8 = f(v6 * 1.4426950216293335) + 6755399441055744 - 6755399441055744;
        const v9 = f(v8 * 0.000001428606765330187);
        const v10 = f(v6 - f(v8 * 0.693145751953125));
        const v11 = f(v10 - v9);
        const v12 = f(v11 * v11);
        const v13 = f(v11 - f(v12 * f(f(v12 * -0.0027667332906275988) + 0.16666625440120697)));
        const v14 = f(1 - f(f(v9 - f(f(v11 * v13) / f(2 - v13))) - v10));
        const v15 = f(v8 + 1);
        const v16 = Math.floor(f(v15 * 0.5));
        v7 = f(f(v14 * powers[(v16 + 1024) & 2047]!) * powers[(f(v15 - v16) + 1024) & 2047]!);
      }
      const v17 = f(f(v7 * v7) * 0.25);
      v2 = f(1 - f(f(v17 * 2) / f(v17 + 1)));
    }
    return x > 0 ? v2 : x < 0 ? -v2 : x;
  },
};
