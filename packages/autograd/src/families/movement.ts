import { copyInto } from "../ndarray.js";
import { type Op, type Primitive, primitive, type Tensor } from "../op.js";

/** The same elements in another place or order: a view, and its copy. */
export const movement = <A>(
  op: Omit<Primitive<readonly [Tensor], A>, "family" | "dtype" | "forward"> &
    Required<Pick<Op<A>, "view">>,
): Op<A> =>
  primitive<readonly [Tensor], A>({
    ...op,
    family: "movement",
    dtype: ([x]) => x!.dtype,
    forward: (out, [x], attrs) => copyInto(out, op.view(x!, out.shape, attrs)),
  });
