import { type Op, primitive, type Tensor } from "../op.js";
import { truth } from "./dtypes.js";
import { type Binary, elementwise, type Unary } from "./elementwise.js";
import { lanewise } from "./lanes.js";

/** A question about two numbers: the result is bool and carries no gradient. */
export const comparison = (op: Pick<Binary, "name" | "scalar"> & { readonly sign: string }): Op =>
  primitive<readonly [Tensor, Tensor]>({
    name: op.name,
    scalar: op.scalar,
    formula: { forward: `y = [a ${op.sign} b]`, vjp: ["none", "none"] },
    family: "comparison",
    shape: ([a]) => a!.shape,
    dtype: () => "bool",
    forward: (out, x) => elementwise(out, x, op.scalar),
    batch: lanewise,
    vjp: [null, null],
  });

/** A question about one number. */
export const predicate = (op: Pick<Unary, "name" | "scalar"> & { readonly forward: string }): Op =>
  primitive<readonly [Tensor]>({
    name: op.name,
    scalar: op.scalar,
    formula: { forward: op.forward, vjp: ["none"] },
    family: "comparison",
    shape: ([x]) => x!.shape,
    dtype: () => "bool",
    forward: (out, x) => elementwise(out, x, op.scalar),
    batch: lanewise,
    vjp: [null],
  });

/** A function of two conditions. */
export const logical = (op: Parameters<typeof comparison>[0]): Op => ({
  ...comparison(op),
  dtype: ([a]) => truth(op.name, a!),
});
