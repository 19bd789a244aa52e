import { laneByLane } from "./families/lanes.js";
import type { CheckOptions } from "./inspect/check.js";
import { verifyRules } from "./inspect/verify.js";
import type { Operand } from "./methods/operand.js";
import type { TensorLike } from "./methods/recorder.js";
import type { Op, Primitive, Tensor } from "./op.js";
import { apply } from "./tensor.js";

/** A primitive as its author writes it; without a batching rule, lanes run one after the other. */
export type OpDefinition<X extends readonly Tensor[], A> = Omit<Primitive<X, A>, "batch"> &
  Partial<Pick<Primitive<X, A>, "batch">>;

export interface DefineOpOptions<A> extends Pick<CheckOptions, "order"> {
  /** Inputs (float64; int32 and bool ones are held) at which the rules are checked. */
  readonly samples: readonly { readonly inputs: readonly Operand[]; readonly attrs?: A }[];
}

/** The function that applies an op, and the op's record. */
export interface DefinedOp<X extends readonly Tensor[], A> {
  (inputs: { readonly [K in keyof X]: TensorLike }, ...attrs: Attrs<A>): Tensor;
  readonly op: Op<A>;
}

/**
 * Adds an op: the same record that the built-in ones are made of. Its rules are compared with
 * central differences at the samples, to the second order (`order` says otherwise), and a wrong one
 * is refused. Returns the function that applies the op.
 */
export function defineOp<X extends readonly Tensor[], A = undefined>(
  definition: OpDefinition<X, A>,
  { samples, order = 2 }: DefineOpOptions<A>,
): DefinedOp<X, A> {
  const op = { batch: laneByLane, ...definition } as Op<A>;
  const calls = samples.map(({ inputs, attrs }) => ({
    inputs,
    apply: (...x: Tensor[]) => apply(op, x, attrs as A),
  }));
  const { name, surrogate, vjp } = op;
  verifyRules(calls, { name, order, surrogate, differentiable: vjp !== undefined });
  const call = (inputs: { readonly [K in keyof X]: TensorLike }, ...[attrs]: Attrs<A>) =>
    apply(op, inputs, attrs as A);
  return Object.assign(call, { op });
}

/** Attributes have to be given if the op has any. */
type Attrs<A> = undefined extends A ? [attrs?: A] : [attrs: A];
