import {
  compile,
  mapTree,
  type Operand,
  replay,
  type Tensor,
  type Tree,
  type TreeOf,
  trace,
  Variable,
} from "../../src/index.js";

/** Which executor the numbers of this run come from. */
export const executor = (process.env.NEURITE_EXECUTOR ?? "eager") as
  | "eager"
  | "replay"
  | "compiled";

/**
 * Runs `f`, and is the way in which every numeric test runs a function: eagerly, or (with
 * NEURITE_EXECUTOR=replay) by tracing it on placeholders and replaying the graph. Tensors among the
 * inputs become placeholders; variables stay what they are, so that `f` may differentiate by them,
 * read them and assign them.
 */
export function evaluate<A extends readonly Tree[], R extends Tree>(
  f: (...inputs: A) => R,
  ...inputs: A
): TreeOf<R, Tensor> {
  const untyped = f as unknown as Untyped;
  const run = { eager: eagerly, replay: replayed, compiled }[executor];
  return run(untyped, inputs) as TreeOf<R, Tensor>;
}

type Untyped = (...inputs: unknown[]) => Tree;

/** The same nesting with other leaves, of values whose nesting is not known. */
const mapped = (tree: unknown, leaf: (operand: Operand) => unknown): unknown =>
  mapTree<unknown, unknown>(tree, leaf);

const eagerly = (f: Untyped, inputs: readonly unknown[]): unknown =>
  mapped(f(...inputs), (output) => output.asTensor());

function replayed(f: Untyped, inputs: readonly unknown[]): unknown {
  const [tensors, own] = ofTensors(f, inputs);
  const { graph, result } = trace(own, ...tensors);
  const outputs = replay(graph, tensors).values();
  return mapped(result, () => outputs.next().value);
}

function compiled(f: Untyped, inputs: readonly unknown[]): unknown {
  const [tensors, own] = ofTensors(f, inputs);
  return compile(own)(...tensors);
}

/** The tensors among the inputs, and the function of them alone: variables stay where they are. */
function ofTensors(
  f: Untyped,
  inputs: readonly unknown[],
): [tensors: Tensor[], own: (...tensors: Tensor[]) => Operand] {
  const tensors: Tensor[] = [];
  mapped(inputs, (input) => input instanceof Variable || tensors.push(input.asTensor()));
  return [
    tensors,
    (...placeholders) => {
      const next = placeholders.values();
      const own = mapped(inputs, (input) =>
        input instanceof Variable ? input : next.next().value,
      );
      // Whatever its nesting: the type of a tree of any depth has no end.
      return f(...(own as unknown[])) as Operand;
    },
  ];
}
