import { grad, mapTree, type Operand, type Tensor, type Tree, vjp } from "@neurite/autograd";
import { namedValues } from "./analysis/named-values.js";
import type { Module } from "./module.js";

export interface ProbeOptions<Y = Tensor> {
  /** What the gradients are of: a number made of the model's result. */
  readonly loss?: ((output: Y) => Operand) | undefined;
}

/** What one call of a model computed on its way. */
export type Probe = {
  readonly output: Tree;
  /** Null without a loss. */
  readonly loss: Tensor | null;
  /**
   * What every module and every named scope made, by path (`encoder.1`), and every value that was
   * named with `as`, by the path of where it was made (`encoder.1.weighted sum`). Where there are
   * several of one name, the second is called `fc#2`: a module that is used twice, or has two
   * results. Modules that hand on their input, such as dropout in evaluation, make nothing, and of
   * a module that is applied to its own result only the last one shows.
   */
  readonly activations: Readonly<Record<string, Tensor>>;
  /** Of the loss by each activation of a float dtype; empty without a loss. */
  readonly gradients: Readonly<Record<string, Tensor>>;
  /** Of the loss by each parameter, by path; empty without a loss. */
  readonly parameters: Readonly<Record<string, Tensor>>;
  /** Of the loss by each input; null where that holds integers, and without a loss. */
  readonly inputs: readonly (Tensor | null)[];
};

/**
 * Applies a model to its input, or to a list of inputs, and returns every named value on the way
 * and its gradient, in the mode the model is in. Nothing is hooked into: the scopes of the graph
 * tell which module made what. What is inside a loop (`scan`) stays inside it.
 * Inside `compile` it gives the same bits: `compile((x) => probe(model, x))`.
 */
export function probe<M extends Module>(
  model: M,
  x: Operand | readonly Operand[],
  { loss }: ProbeOptions<ReturnType<M["forward"]>> = {},
): Probe {
  // Without a pull this only records, whether the caller does or not.
  const [found] = vjp(
    (inputs: Tree): Tree => {
      const given = inputs as readonly Tensor[];
      const output = model.apply(...(given as unknown as Parameters<M["forward"]>));
      return look(model, given, output, loss?.(output).asTensor() ?? null);
    },
    Array.isArray(x) ? x : [x as Operand],
  );
  return found as Probe;
}

function look(model: Module, inputs: readonly Tensor[], result: unknown, loss: Tensor | null) {
  const output = result as Tree;
  const values = namedValues(tensorsOf(loss ? [output, loss] : output));
  const activations = Object.fromEntries(values.map(({ name, node }) => [name, node]));
  const nothing = { gradients: {}, parameters: {}, inputs: inputs.map(() => null) };
  if (!loss) return { output, loss, activations, ...nothing };
  const own = Object.entries(activations).filter(([, node]) => isFloat(node));
  const parameters = [...model.namedParameters()];
  const wanted = [...own, ...parameters].map(([, node]) => node);
  const all = grad(loss, [...wanted, ...inputs.filter(isFloat)]).values();
  const next = (): Tensor => all.next().value!;
  return {
    output,
    loss,
    activations,
    gradients: Object.fromEntries(own.map(([name]) => [name, next()])),
    parameters: Object.fromEntries(parameters.map(([path]) => [path, next()])),
    inputs: inputs.map((input) => (isFloat(input) ? next() : null)),
  };
}

const isFloat = ({ dtype }: Operand): boolean => dtype.startsWith("float");

function tensorsOf(tree: Tree): Tensor[] {
  const found: Tensor[] = [];
  mapTree<unknown, void>(tree, (leaf) => void found.push(leaf.asTensor()), "probe");
  return found;
}
