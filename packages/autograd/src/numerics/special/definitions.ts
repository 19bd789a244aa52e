import { erf, erfc } from "./erf.js";
import { exp, expm1 } from "./exp.js";
import { acosh, asinh, atanh, cosh, sech, sinh, tanh } from "./hyperbolic.js";
import { erfInv } from "./inverse-erf.js";
import { acos, asin, atan, atan2 } from "./inverse-trigonometric.js";
import { log, log1p, log2 } from "./log.js";
import { sigmoid, softplus } from "./logistic.js";
import { pow } from "./power.js";
import { cos, sin, tan } from "./trigonometric.js";

/** Every special function, by the name of its op. */
export const definitions = {
  exp,
  expm1,
  log,
  log1p,
  log2,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  atan2,
  sinh,
  cosh,
  sech,
  tanh,
  asinh,
  acosh,
  atanh,
  sigmoid,
  softplus,
  erf,
  erfc,
  erfInv,
  pow,
};
