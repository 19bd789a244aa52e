import { checkFunction, checkList } from "../arguments.js";
import { isFloat } from "../dtype.js";
import { DTypeError, ValueError } from "../errors.js";
import { Operand } from "../methods/operand.js";
import type { Tensor } from "../op.js";
import { isRecording, withRecording } from "../recording.js";
import { leavesOf, mapTree, type Tree, type TreeOf, withLeaves } from "../tree.js";
import { pullback, requireScalar } from "./pullback.js";

interface Argument {
  /** Which argument to differentiate by; the first by default. */
  readonly argument?: number;
}

/** The gradient of a scalar by each of some nodes or variables; zeros for those without effect. */
export function grad(loss: Operand, wrt: readonly Operand[]): Tensor[];
/**
 * The function that computes the gradient of `f`, a scalar function, by one of its arguments. The
 * result is recorded like any other: `grad(grad(f))` is the second derivative.
 */
export function grad<A extends readonly Tree[], I extends number = 0>(
  f: (...inputs: A) => Operand,
  options?: { readonly argument?: I },
): (...inputs: A) => TreeOf<A[I], Tensor>;
export function grad(target: Operand | Untyped, by: readonly Operand[] | Argument = {}): unknown {
  if (target instanceof Operand) {
    return gradientsOf("grad", target.asTensor(), by as readonly Operand[]);
  }
  checkFunction("grad", target);
  return (...inputs: readonly unknown[]) =>
    differentiate("grad", target, by as Argument, inputs)[1];
}

/** Like `grad(f)`, returning the value as well: `[f(x), grad]`. */
export function valueAndGrad<A extends readonly Tree[], I extends number = 0>(
  f: (...inputs: A) => Operand,
  options: { readonly argument?: I } = {},
): (...inputs: A) => [Tensor, TreeOf<A[I], Tensor>] {
  checkFunction("valueAndGrad", f);
  const untyped = f as unknown as Untyped;
  return (...inputs) =>
    differentiate("valueAndGrad", untyped, options, inputs) as [Tensor, TreeOf<A[I], Tensor>];
}

/** `grad` by one argument, for functions whose types are beyond the compiler; `op` calls it. */
export const untypedGrad =
  (op: string, f: unknown) =>
  (x: unknown): unknown =>
    differentiate(op, f as Untyped, {}, [x])[1];

type Untyped = (...inputs: never[]) => Operand;

function differentiate(
  op: string,
  f: Untyped,
  { argument = 0 }: Argument,
  inputs: readonly unknown[],
): [Tensor, unknown] {
  if (!Object.hasOwn(inputs, argument)) {
    throw new ValueError(op, `argument ${argument} of ${inputs.length}`, {
      fix: `choose one from 0 to ${inputs.length - 1}`,
    });
  }
  const [own, value] = withRecording(true, () => {
    // The border nodes tell this argument from other uses of the same tensor.
    const own = mapTree(inputs[argument], (leaf) => leaf.alias(), op);
    const result: unknown = f(...(inputs.with(argument, own) as never[]));
    if (result instanceof Operand) return [own, result.asTensor()];
    throw new ValueError(op, `the function returned ${typeof result}, expected a tensor`, {
      fix: "return the scalar tensor itself; read its value outside",
    });
  });
  const nested = withLeaves(own, gradientsOf(op, value, leavesOf(own)));
  return [isRecording() ? value : value.stopGradient(), nested];
}

function gradientsOf(op: string, loss: Tensor, wrt: readonly Operand[]): Tensor[] {
  requireScalar(op, loss);
  checkList(op, wrt, "tensors", "write grad(loss, [x])");
  leavesOf(wrt, op);
  return cotangentsAt([loss], [loss.constantLike(1)], wrt, op);
}

/**
 * The cotangents at `wrt` when those of `roots` are given. A variable collects from all its leaves.
 */
export function cotangentsAt(
  roots: readonly Tensor[],
  seeds: readonly Tensor[],
  wrt: readonly Operand[],
  op = "grad",
): Tensor[] {
  for (const [i, { dtype, shape }] of wrt.map((x) => x.asTensor()).entries()) {
    if (isFloat(dtype)) continue;
    throw new DTypeError(op, `input ${i} is ${dtype}, which carries no gradient`, {
      shapes: [shape],
      fix: 'convert it with .cast("float32") before it is used',
    });
  }
  const wanted = new Set<object>(wrt);
  const targetOf = (node: Tensor): object => {
    const { variable } = node;
    return variable && wanted.has(variable) ? variable : node;
  };
  const { nodes, cotangentAt } = pullback(roots, seeds, (node) => wanted.has(targetOf(node)));
  const found = new Map<object, Tensor>();
  for (const [at, node] of nodes.entries()) {
    const target = targetOf(node);
    const g = wanted.has(target) && cotangentAt(at);
    if (!g) continue;
    found.set(target, found.get(target)?.add(g) ?? g);
  }
  return wrt.map((x) => found.get(x) ?? x.constantLike(0));
}
