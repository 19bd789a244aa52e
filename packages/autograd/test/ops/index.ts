import type { ops } from "../../src/index.js";
import type { OpSamples } from "../support/sample.js";
import { abs } from "./abs.js";
import { acos } from "./acos.js";
import { acosh } from "./acosh.js";
import { add } from "./add.js";
import { alias } from "./alias.js";
import { argmax } from "./argmax.js";
import { argmin } from "./argmin.js";
import { argsort } from "./argsort.js";
import { asin } from "./asin.js";
import { asinh } from "./asinh.js";
import { atan } from "./atan.js";
import { atan2 } from "./atan2.js";
import { atanh } from "./atanh.js";
import { broadcastTo } from "./broadcastTo.js";
import { cast } from "./cast.js";
import { ceil } from "./ceil.js";
import { cholesky } from "./cholesky.js";
import { cofactors } from "./cofactors.js";
import { concat } from "./concat.js";
import { contract } from "./contract.js";
import { cos } from "./cos.js";
import { cosh } from "./cosh.js";
import { det } from "./det.js";
import { div } from "./div.js";
import { eq } from "./eq.js";
import { erf } from "./erf.js";
import { erfc } from "./erfc.js";
import { erfInv } from "./erfInv.js";
import { exp } from "./exp.js";
import { expm1 } from "./expm1.js";
import { flip } from "./flip.js";
import { floor } from "./floor.js";
import { fmod } from "./fmod.js";
import { fold } from "./fold.js";
import { gather } from "./gather.js";
import { ge } from "./ge.js";
import { gt } from "./gt.js";
import { isFinite } from "./isFinite.js";
import { isNaN } from "./isNaN.js";
import { le } from "./le.js";
import { linearRecurrence } from "./linearRecurrence.js";
import { log } from "./log.js";
import { log1p } from "./log1p.js";
import { log2 } from "./log2.js";
import { logicalAnd } from "./logicalAnd.js";
import { logicalNot } from "./logicalNot.js";
import { logicalOr } from "./logicalOr.js";
import { logicalXor } from "./logicalXor.js";
import { lt } from "./lt.js";
import { max } from "./max.js";
import { maximum } from "./maximum.js";
import { min } from "./min.js";
import { minimum } from "./minimum.js";
import { mul } from "./mul.js";
import { ne } from "./ne.js";
import { neg } from "./neg.js";
import { oneHot } from "./oneHot.js";
import { pad } from "./pad.js";
import { pow } from "./pow.js";
import { prod } from "./prod.js";
import { randomPermutation } from "./randomPermutation.js";
import { randomUniform } from "./randomUniform.js";
import { relu } from "./relu.js";
import { remainder } from "./remainder.js";
import { reshape } from "./reshape.js";
import { round } from "./round.js";
import { rsqrt } from "./rsqrt.js";
import { scatterAdd } from "./scatterAdd.js";
import { sech } from "./sech.js";
import { sigmoid } from "./sigmoid.js";
import { sign } from "./sign.js";
import { sin } from "./sin.js";
import { sinh } from "./sinh.js";
import { slice } from "./slice.js";
import { softplus } from "./softplus.js";
import { solve } from "./solve.js";
import { sqrt } from "./sqrt.js";
import { stopGradient } from "./stopGradient.js";
import { sub } from "./sub.js";
import { sum } from "./sum.js";
import { tan } from "./tan.js";
import { tanh } from "./tanh.js";
import { threefry } from "./threefry.js";
import { transpose } from "./transpose.js";
import { trunc } from "./trunc.js";
import { unfold } from "./unfold.js";
import { where } from "./where.js";

/** The name of every primitive. */
export type OpName = keyof typeof ops;

/** What the tests know of each primitive: one without a record does not compile. */
export const opSamples: { readonly [K in OpName]: OpSamples } = {
  abs,
  acos,
  acosh,
  add,
  alias,
  argmax,
  argmin,
  argsort,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  broadcastTo,
  cast,
  ceil,
  cholesky,
  cofactors,
  concat,
  contract,
  cos,
  cosh,
  det,
  div,
  eq,
  erf,
  erfc,
  erfInv,
  exp,
  expm1,
  flip,
  floor,
  fmod,
  fold,
  gather,
  ge,
  gt,
  isFinite,
  isNaN,
  le,
  linearRecurrence,
  log,
  log1p,
  log2,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  lt,
  max,
  maximum,
  min,
  minimum,
  mul,
  ne,
  neg,
  oneHot,
  pad,
  pow,
  prod,
  randomPermutation,
  randomUniform,
  relu,
  remainder,
  reshape,
  round,
  rsqrt,
  scatterAdd,
  sech,
  sigmoid,
  sign,
  sin,
  sinh,
  slice,
  softplus,
  solve,
  sqrt,
  stopGradient,
  sub,
  sum,
  tan,
  tanh,
  threefry,
  transpose,
  trunc,
  unfold,
  where,
};
