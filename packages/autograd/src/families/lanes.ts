import type { BatchContext, Tensor } from "../op.js";

/** Lanes change nothing: the op works element by element, or on the last axes alone. */
export const lanewise = ({ x, attrs, apply }: BatchContext): Tensor => apply(x, attrs);

/** One lane after the other, for ops that know only one at a time. */
export const laneByLane = ({ x, lanes, attrs, apply }: BatchContext): Tensor => {
  const results = Array.from({ length: lanes }, (_, lane) =>
    apply(
      x.map((input) => input.slice(lane)),
      attrs,
    ).unsqueeze(0),
  );
  return results[0]!.concat(results.slice(1));
};
