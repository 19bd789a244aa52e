import type { ops } from "../../src/index.js";
import type { OpSamples } from "../support/sample.js";
import { abs } from "./abs.js";
import { add } from "./add.js";
import { alias } from "./alias.js";
import { argmax } from "./argmax.js";
import { broadcastTo } from "./broadcastTo.js";
import { cast } from "./cast.js";
import { concat } from "./concat.js";
import { contract } from "./contract.js";
import { cos } from "./cos.js";
import { div } from "./div.js";
import { eq } from "./eq.js";
import { erfInv } from "./erfInv.js";
import { exp } from "./exp.js";
import { flip } from "./flip.js";
import { gather } from "./gather.js";
import { ge } from "./ge.js";
import { gt } from "./gt.js";
import { le } from "./le.js";
import { log } from "./log.js";
import { lt } from "./lt.js";
import { max } from "./max.js";
import { maximum } from "./maximum.js";
import { minimum } from "./minimum.js";
import { mul } from "./mul.js";
import { ne } from "./ne.js";
import { neg } from "./neg.js";
import { oneHot } from "./oneHot.js";
import { pad } from "./pad.js";
import { pow } from "./pow.js";
import { randomPermutation } from "./randomPermutation.js";
import { randomUniform } from "./randomUniform.js";
import { relu } from "./relu.js";
import { reshape } from "./reshape.js";
import { scatterAdd } from "./scatterAdd.js";
import { sigmoid } from "./sigmoid.js";
import { sign } from "./sign.js";
import { sin } from "./sin.js";
import { slice } from "./slice.js";
import { softplus } from "./softplus.js";
import { sqrt } from "./sqrt.js";
import { stopGradient } from "./stopGradient.js";
import { sub } from "./sub.js";
import { sum } from "./sum.js";
import { tanh } from "./tanh.js";
import { threefry } from "./threefry.js";
import { transpose } from "./transpose.js";
import { where } from "./where.js";

/** The name of every primitive. */
export type OpName = keyof typeof ops;

/** What the tests know of each primitive: one without a record does not compile. */
export const opSamples: { readonly [K in OpName]: OpSamples } = {
  abs,
  add,
  alias,
  argmax,
  broadcastTo,
  cast,
  concat,
  contract,
  cos,
  div,
  eq,
  erfInv,
  exp,
  flip,
  gather,
  ge,
  gt,
  le,
  log,
  lt,
  max,
  maximum,
  minimum,
  mul,
  ne,
  neg,
  oneHot,
  pad,
  pow,
  randomPermutation,
  randomUniform,
  relu,
  reshape,
  scatterAdd,
  sigmoid,
  sign,
  sin,
  slice,
  softplus,
  sqrt,
  stopGradient,
  sub,
  sum,
  tanh,
  threefry,
  transpose,
  where,
};
