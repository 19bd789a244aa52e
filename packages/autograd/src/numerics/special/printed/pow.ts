// Printed by `npm run docs` from the definition of pow; do not edit.
import { double, isNegative, powers, single, word, words } from "../bits.js";

const f = Math.fround;

/** `pow` on numbers of either dtype. */
export const pow = {
  float64: (x: number, y: number): number => {
    if (x === 1 || y === 0) {
      return 1;
    }
    const v1 = Math.abs(x);
    if ((x >= 0 || (x < 0 && (Math.floor(y) === y || v1 === Infinity))) && y <= Infinity) {
      const v2 = y * 0.5;
      const v3 = y > 0;
      let v4: number;
      if (v1 === 0) {
        v4 = v3 ? 0 : Infinity;
      } else if (v1 === Infinity) {
        v4 = v3 ? Infinity : 0;
      } else {
        const v5 =
          Math.abs(y) > 73786976294838210000
            ? v3
              ? 73786976294838210000
              : -73786976294838210000
            : y;
        double[0] = v5;
        words[0] = 0;
        const v6 = double[0]!;
        const v7 = v1 < 2.2250738585072014e-308;
        const v8 = v7 ? v1 * 18014398509481984 : v1;
        double[0] = v8;
        const v9 = v8 * powers[(1024 - ((words[1]! - 1072079006) >> 20)) & 2047]!;
        const v10 = v9 < 0.8660254037844386;
        const v11 = v10 ? v9 * 2 : v9;
        const v12 = v10 || v9 > 1.224744871391589;
        const v13 = v12 ? 1.5 : 1;
        const v14 = v11 - v13;
        const v15 = v11 + v13;
        const v16 = 1 / v15;
        const v17 = v14 * v16;
        double[0] = v17;
        words[0] = 0;
        const v18 = double[0]!;
        const v19 = v18 * v18;
        const v20 = v17 * v17;
        const v21 =
          v20 * (v20 * (v20 * 0.20697501780033842 + 0.23066074577556175) + 0.272728123808534);
        const v22 =
          v20 * (v20 * (v21 + 0.33333332981837743) + 0.4285714285785502) + 0.5999999999999946;
        double[0] = v15;
        words[0] = 0;
        const v23 = double[0]!;
        const v24 = v16 * (v14 - v18 * v23 - v18 * (v11 - (v23 - v13)));
        const v25 = v20 * v20 * v22 + v24 * (v18 + v17);
        double[0] = v19 + 3 + v25;
        words[0] = 0;
        const v26 = double[0]!;
        const v27 = v18 * v26;
        const v28 = v24 * v26 + (v25 - (v26 - 3 - v19)) * v17;
        double[0] = v27 + v28;
        words[0] = 0;
        const v29 = double[0]!;
        const v30 = v29 * 0.9617967009544373;
        const v31 =
          v29 * -7.028461650952758e-9 +
          (v28 - (v29 - v27)) * 0.9617966939259756 +
          (v12 ? 1.350039202129749e-8 : 0);
        const v32 = v12 ? 0.5849624872207642 : 0;
        double[0] = v8;
        const v33 = (words[1]! - 1072079006) >> 20;
        const v34 = v7 ? v33 - 54 : v33;
        const v35 = v10 ? v34 - 1 : v34;
        double[0] = v30 + v31 + v32 + v35;
        words[0] = 0;
        const v36 = double[0]!;
        const v37 = v5 * (v31 - (v36 - v35 - v32 - v30));
        const v38 = (v5 - v6) * v36 + v37;
        const v39 = v6 * v36;
        const v40 = v38 + v39;
        if (v40 > 1025) {
          v4 = Infinity;
        } else if (v40 < -1076) {
          v4 = 0;
        } else {
          const v41 = v40 + 6755399441055744 - 6755399441055744;
          const v42 = v39 - v41;
          double[0] = v38 + v42;
          words[0] = 0;
          const v43 = double[0]!;
          const v44 = v43 * 0.6931471824645996;
          const v45 = (v38 - (v43 - v42)) * Math.LN2 + v43 * -1.904654299957768e-9;
          const v46 = v44 + v45;
          const v47 = v46 * v46;
          const v48 =
            v47 *
            (v47 * (v47 * 4.1381367970572385e-8 - 0.0000016533902205465252) +
              0.00006613756321437934);
          const v49 = v46 - v47 * (v47 * (v48 - 0.0027777777777015593) + 0.16666666666666602);
          const v50 = v45 - (v46 - v44);
          const v51 = 1 - ((v46 * v49) / (v49 - 2) - (v50 + v46 * v50) - v46);
          const v52 = Math.floor(v41 * 0.5);
          v4 = v51 * powers[(v52 + 1024) & 2047]! * powers[(v41 - v52 + 1024) & 2047]!;
        }
      }
      return isNegative(x) && Math.floor(y) === y && !(Math.floor(v2) === v2) ? -v4 : v4;
    }
    return NaN;
  },

  float32: (x: number, y: number): number => {
    if (x === 1 || y === 0) {
      return 1;
    }
    const v1 = Math.abs(x);
    if ((x >= 0 || (x < 0 && (Math.floor(y) === y || v1 === Infinity))) && y <= Infinity) {
      const v2 = f(y * 0.5);
      const v3 = y > 0;
      let v4: number;
      if (v1 === 0) {
        v4 = v3 ? 0 : Infinity;
      } else if (v1 === Infinity) {
        v4 = v3 ? Infinity : 0;
      } else {
        const v5 = Math.abs(y) > 1099511627776 ? (v3 ? 1099511627776 : -1099511627776) : y;
        single[0] = v5;
        word[0] = word[0]! & -4096;
        const v6 = single[0]!;
        const v7 = v1 < 1.1754943508222875e-38;
        const v8 = v7 ? f(v1 * 33554432) : v1;
        double[0] = v8;
        const v9 = v8 * powers[(1024 - ((words[1]! - 1072079006) >> 20)) & 2047]!;
        const v10 = v9 < 0.8660253882408142;
        const v11 = v10 ? f(v9 * 2) : v9;
        const v12 = v10 || v9 > 1.2247449159622192;
        const v13 = v12 ? 1.5 : 1;
        const v14 = f(v11 - v13);
        const v15 = f(v11 + v13);
        const v16 = f(1 / v15);
        const v17 = f(v14 * v16);
        single[0] = v17;
        word[0] = word[0]! & -4096;
        const v18 = single[0]!;
        const v19 = f(v18 * v18);
        const v20 = f(v17 * v17);
        const v21 = f(
          f(v20 * v20) *
            f(f(v20 * f(f(v20 * 0.3333333432674408) + 0.4285714328289032)) + 0.6000000238418579),
        );
        single[0] = v15;
        word[0] = word[0]! & -4096;
        const v22 = single[0]!;
        const v23 = f(v16 * f(f(v14 - f(v18 * v22)) - f(v18 * f(v11 - f(v22 - v13)))));
        const v24 = f(v21 + f(v23 * f(v18 + v17)));
        single[0] = f(f(v19 + 3) + v24);
        word[0] = word[0]! & -4096;
        const v25 = single[0]!;
        const v26 = f(v18 * v25);
        const v27 = f(f(v23 * v25) + f(f(v24 - f(f(v25 - 3) - v19)) * v17));
        single[0] = f(v26 + v27);
        word[0] = word[0]! & -4096;
        const v28 = single[0]!;
        const v29 = f(v28 * 0.9619140625);
        const v30 = f(
          f(f(v28 * -0.00011736857413779944) + f(f(v27 - f(v28 - v26)) * 0.9617967009544373)) +
            (v12 ? 0.0000015632208487659227 : 0),
        );
        const v31 = v12 ? 0.5849609375 : 0;
        double[0] = v8;
        const v32 = (words[1]! - 1072079006) >> 20;
        const v33 = v7 ? f(v32 - 25) : v32;
        const v34 = v10 ? f(v33 - 1) : v33;
        single[0] = f(f(f(v29 + v30) + v31) + v34);
        word[0] = word[0]! & -4096;
        const v35 = single[0]!;
        const v36 = f(v5 * f(v30 - f(f(f(v35 - v34) - v31) - v29)));
        const v37 = f(f(f(v5 - v6) * v35) + v36);
        const v38 = f(v6 * v35);
        const v39 = f(v37 + v38);
        if (v39 > 129) {
          v4 = Infinity;
        } else if (v39 < -151) {
          v4 = 0;
        } else {
          const v40 = v39 + 6755399441055744 - 6755399441055744;
          const v41 = f(v38 - v40);
          single[0] = f(v37 + v41);
          word[0] = word[0]! & -4096;
          const v42 = single[0]!;
          const v43 = f(v42 * 0.693145751953125);
          const v44 = f(
            f(f(v37 - f(v42 - v41)) * 0.6931471824645996) + f(v42 * 0.0000014286065379565116),
          );
          const v45 = f(v43 + v44);
          const v46 = f(v45 * v45);
          const v47 = f(v45 - f(v46 * f(f(v46 * -0.0027667332906275988) + 0.16666625440120697)));
          const v48 = f(v44 - f(v45 - v43));
          const v49 = f(1 - f(f(f(f(v45 * v47) / f(v47 - 2)) - f(v48 + f(v45 * v48))) - v45));
          const v50 = Math.floor(f(v40 * 0.5));
          v4 = f(f(v49 * powers[(v50 + 1024) & 2047]!) * powers[(f(v40 - v50) + 1024) & 2047]!);
        }
      }
      return isNegative(x) && Math.floor(y) === y && !(Math.floor(v2) === v2) ? -v4 : v4;
    }
    return NaN;
  },
};
