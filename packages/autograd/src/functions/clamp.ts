import { ValueError } from "../errors.js";
import { arithmetic } from "../families/dtypes.js";
import type { TensorLike } from "../methods/recorder.js";
import type { Tensor } from "../op.js";

/**
 * Between two bounds, either of which may be missing. What lies on a bound counts as inside, which
 * the choice says; whether a bound holds back NaN, or is NaN, `maximum` and `minimum` say.
 */
export function clamp(x: Tensor, min: TensorLike | null, max: TensorLike | null): Tensor {
  arithmetic("clamp", x);
  if (min === null && max === null) {
    throw new ValueError("clamp", "both bounds are null", { fix: "give a minimum or a maximum" });
  }
  const raised = min === null ? x : x.ge(min).where(x, x.maximum(min));
  return max === null ? raised : raised.le(max).where(raised, raised.minimum(max));
}
