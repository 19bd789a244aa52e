import type { definitions } from "../../src/numerics/special/definitions.js";
import type { LaneDType } from "../../src/numerics/special/lane.js";
import { acos } from "../../src/numerics/special/printed/acos.js";
import { acosh } from "../../src/numerics/special/printed/acosh.js";
import { asin } from "../../src/numerics/special/printed/asin.js";
import { asinh } from "../../src/numerics/special/printed/asinh.js";
import { atan } from "../../src/numerics/special/printed/atan.js";
import { atan2 } from "../../src/numerics/special/printed/atan2.js";
import { atanh } from "../../src/numerics/special/printed/atanh.js";
import { cos } from "../../src/numerics/special/printed/cos.js";
import { cosh } from "../../src/numerics/special/printed/cosh.js";
import { erf } from "../../src/numerics/special/printed/erf.js";
import { erfc } from "../../src/numerics/special/printed/erfc.js";
import { erfInv } from "../../src/numerics/special/printed/erfInv.js";
import { exp } from "../../src/numerics/special/printed/exp.js";
import { expm1 } from "../../src/numerics/special/printed/expm1.js";
import { log } from "../../src/numerics/special/printed/log.js";
import { log1p } from "../../src/numerics/special/printed/log1p.js";
import { log2 } from "../../src/numerics/special/printed/log2.js";
import { pow } from "../../src/numerics/special/printed/pow.js";
import { sech } from "../../src/numerics/special/printed/sech.js";
import { sigmoid } from "../../src/numerics/special/printed/sigmoid.js";
import { sin } from "../../src/numerics/special/printed/sin.js";
import { sinh } from "../../src/numerics/special/printed/sinh.js";
import { softplus } from "../../src/numerics/special/printed/softplus.js";
import { tan } from "../../src/numerics/special/printed/tan.js";
import { tanh } from "../../src/numerics/special/printed/tanh.js";

type Numeric = (x: number, y: number) => number;

/** Every special function as it is printed. */
export const printed: {
  readonly [K in keyof typeof definitions]: { readonly [D in LaneDType]: Numeric };
} = {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cos,
  cosh,
  erf,
  erfInv,
  erfc,
  exp,
  expm1,
  log,
  log1p,
  log2,
  pow,
  sech,
  sigmoid,
  sin,
  sinh,
  softplus,
  tan,
  tanh,
};
