import { exp } from "./exp.js";
import type { Lane } from "./lane.js";
import { log1p } from "./log.js";

/** 1 / (1 + e⁻ˣ), in the form that overflows on neither side. */
export function sigmoid(x: Lane): Lane {
  const e = exp(x.abs().neg());
  return x.lt(0).where(e, 1).div(e.add(1));
}

/** log(1 + eˣ), in the form that neither overflows nor cancels. */
export function softplus(x: Lane): Lane {
  const tail = log1p(exp(x.abs().neg()));
  return x.gt(0).where(x.add(tail), tail);
}
