import type { Op, TupleRules } from "../op.js";
import { SCALAR } from "../shape.js";

/** An op that stands for a whole function: it holds several results and has rules for them all. */
export const call = <A>(
  op: Pick<Op<A>, "name" | "formula" | "surrogate"> & TupleRules<A>,
): Op<A> => {
  const { name, formula, surrogate, ...tuple } = op;
  return {
    name,
    family: "call",
    formula,
    ...(surrogate !== undefined && { surrogate }),
    tuple,
    // Its node is never looked at as one tensor: `project` nodes pick the results.
    shape: () => SCALAR,
    dtype: () => "float32",
    forward: () => {},
    batch: ({ bare }) => bare[0],
  };
};
