import { checkList } from "../arguments.js";
import { type DType, isFloat } from "../dtype.js";
import { DTypeError } from "../errors.js";
import type { Tensor } from "../op.js";
import { leavesOf, mapTree, type Tree, type TreeOf } from "../tree.js";
import { checkAlike } from "./alike.js";
import { untypedVjp } from "./vjp.js";

type JvpOf<R> = [value: TreeOf<R, Tensor>, tangent: TreeOf<R, Tensor>];

/**
 * The value of `f` and its Jacobian-vector product: how the result moves when the inputs move along
 * `tangents`, which are nested like them. It is made of two pullbacks: that of `f` is linear in the
 * cotangent, so its own pullback is the derivative forwards.
 */
export function jvp<A extends readonly Tree[], R extends Tree>(
  f: (...inputs: A) => R,
  inputs: A,
  tangents: NoInfer<{ readonly [K in keyof A]: TreeOf<A[K], Tensor> }>,
): JvpOf<R> {
  checkList("jvp", inputs, "arguments", "write jvp(f, [x], [tangent])");
  checkList("jvp", tangents, "tangents", "write jvp(f, [x], [tangent])");
  const points = leavesOf(inputs, "jvp").map((x) => x.asTensor());
  for (const [i, { dtype }] of points.entries()) {
    if (!isFloat(dtype)) throw noTangent("input", i, dtype);
  }
  const along = leavesOf(tangents, "jvp").map((t) => t.asTensor());
  checkAlike("jvp", ["tangent", "input"], along, points);
  const [value, pull] = untypedVjp("jvp", f, inputs);
  for (const [i, { dtype }] of leavesOf(value).entries()) {
    if (!isFloat(dtype)) throw noTangent("result", i, dtype);
  }
  const zeros: unknown = mapTree(value, (y) => y.constantLike(0));
  const [, push] = untypedVjp("jvp", pull, [zeros]);
  const [tangent] = push(tangents);
  return [value, tangent] as unknown as JvpOf<R>;
}

const noTangent = (what: "input" | "result", i: number, dtype: DType) =>
  new DTypeError("jvp", `${what} ${i} is ${dtype}, which carries no tangent`, {
    fix:
      what === "input"
        ? "let the function close over it, or convert it with cast"
        : "leave it out of what the function returns, or convert it with cast",
  });
