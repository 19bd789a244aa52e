// Printed by `npm run docs` from the definition of acos; do not edit.
import { double, single, word, words } from "../bits.js";

const f = Math.fround;

/** `acos` on numbers of either dtype. */
export const acos = {
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
      return 1.5707963267948966 - (x - (6.123233995736766e-17 - x * v7));
    }
    const v8 = Math.sqrt(v3);
    if (x < 0) {
      return Math.PI - (v8 + (v7 * v8 - 6.123233995736766e-17)) * 2;
    }
    double[0] = v8;
    words[0] = 0;
    const v9 = double[0]!;
    const v10 = v7 * v8 + (v3 === 0 ? v3 : (v3 - v9 * v9) / (v8 + v9));
    return (v9 + v10) * 2;
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
      return f(1.5707963705062866 - f(x - f(-4.371138828673793e-8 - f(x * v5))));
    }
    const v6 = f(Math.sqrt(v3));
    if (x < 0) {
      return f(3.1415927410125732 - f(f(v6 + f(f(v5 * v6) - -4.371138828673793e-8)) * 2));
    }
    single[0] = v6;
    word[0] = word[0]! & -4096;
    const v7 = single[0]!;
    const v8 = f(f(v5 * v6) + (v3 === 0 ? v3 : f(f(v3 - f(v7 * v7)) / f(v6 + v7))));
    return f(f(v7 + v8) * 2);
  },
};
