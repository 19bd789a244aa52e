// Printed by `npm run docs` from the definition of asin; do not edit.
import { double, single, word, words } from "../bits.js";

const f = Math.fround;

/** `asin` on numbers of either dtype. */
export const asin = {
  float64: (x: number): number => {
    const v1 = Math.abs(x);
    const v2 = v1 < 0.5;
    const v3 = v2 ? x * x : (1 - v1) * 0.5;
    const v4 =
      v3 * (v3 * (v3 * 0.00003479331075960212 + 0.0007915349942898145) - 0.04005553450067941);
    const v5 = v3 * (v3 * (v4 + 0.20121253213486293) - 0.3255658186224009) + 0.16666666666666666;
    const v6 = v3 * (v3 * (v3 * 0.07703815055590194 - 0.6882839716054533) + 2.0209457602335057);
    const v7 = (v3 * v5) / (v3 * (v6 - 2.403394911734414) + 1);
    if (v2) {
      return x + x * v7;
    }
    let v8: number;
    if (v1 === 1) {
      v8 = 1.5707963267948966;
    } else {
      const v9 = Math.sqrt(v3);
      double[0] = v9;
      words[0] = 0;
      const v10 = double[0]!;
      const v11 = (v3 === 0 ? v3 : (v3 - v10 * v10) / (v9 + v10)) * 2;
      v8 =
        0.7853981633974483 -
        (v9 * 2 * v7 - (6.123233995736766e-17 - v11) - (0.7853981633974483 - v10 * 2));
    }
    return x > 0 ? v8 : x < 0 ? -v8 : x;
  },

  float32: (x: number): number => {
    const v1 = Math.abs(x);
    const v2 = v1 < 0.5;
    const v3 = v2 ? f(x * x) : f(f(1 - v1) * 0.5);
    const v4 = f(
      v3 * f(f(v3 * f(f(v3 * -0.008656363002955914) - 0.04274342209100723)) + 0.16666586697101593),
    );
    const v5 = f(v4 / f(f(v3 * -0.7066296339035034) + 1));
    if (v2) {
      return f(x + f(x * v5));
    }
    let v6: number;
    if (v1 === 1) {
      v6 = 1.5707963705062866;
    } else {
      const v7 = f(Math.sqrt(v3));
      single[0] = v7;
      word[0] = word[0]! & -4096;
      const v8 = single[0]!;
      const v9 = f((v3 === 0 ? v3 : f(f(v3 - f(v8 * v8)) / f(v7 + v8))) * 2);
      v6 = f(
        0.7853981852531433 -
          f(
            f(f(f(v7 * 2) * v5) - f(-4.371138828673793e-8 - v9)) -
              f(0.7853981852531433 - f(v8 * 2)),
          ),
      );
    }
    return x > 0 ? v6 : x < 0 ? -v6 : x;
  },
};
