/**
 * Every primitive of neurite, one line an op. What else is known per op is a table over these
 * names.
 */

export { abs } from "./abs.js";
export { add } from "./add.js";
export { alias } from "./alias.js";
export { argmax } from "./argmax.js";
export { broadcastTo } from "./broadcastTo.js";
export { cast } from "./cast.js";
export { concat } from "./concat.js";
export { contract } from "./contract.js";
export { cos } from "./cos.js";
export { div } from "./div.js";
export { eq } from "./eq.js";
export { erfInv } from "./erfInv.js";
export { exp } from "./exp.js";
export { flip } from "./flip.js";
export { gather } from "./gather.js";
export { ge } from "./ge.js";
export { gt } from "./gt.js";
export { le } from "./le.js";
export { log } from "./log.js";
export { lt } from "./lt.js";
export { max } from "./max.js";
export { maximum } from "./maximum.js";
export { minimum } from "./minimum.js";
export { mul } from "./mul.js";
export { ne } from "./ne.js";
export { neg } from "./neg.js";
export { oneHot } from "./oneHot.js";
export { pad } from "./pad.js";
export { pow } from "./pow.js";
export { randomPermutation } from "./randomPermutation.js";
export { randomUniform } from "./randomUniform.js";
export { relu } from "./relu.js";
export { reshape } from "./reshape.js";
export { scatterAdd } from "./scatterAdd.js";
export { sigmoid } from "./sigmoid.js";
export { sign } from "./sign.js";
export { sin } from "./sin.js";
export { slice } from "./slice.js";
export { softplus } from "./softplus.js";
export { sqrt } from "./sqrt.js";
export { stopGradient } from "./stopGradient.js";
export { sub } from "./sub.js";
export { sum } from "./sum.js";
export { tanh } from "./tanh.js";
export { threefry } from "./threefry.js";
export { transpose } from "./transpose.js";
export { where } from "./where.js";
