import {
  type Key,
  mapTree,
  type Operand,
  stack,
  type Tensor,
  type Tree,
  type Variable,
} from "@neurite/autograd";
import { withValues } from "../functional-call.js";
import type { Module, ModuleOptions } from "../module.js";
import type { Neuron } from "../neurons/neuron.js";
import type { RecurrentNeuron } from "../units/neuron-class.js";

/** A neuron under test: how it is made and run, and on what. */
export interface Subject {
  readonly name: string;
  /** Whether it has a state: samples are then sequences, `[time, inputs]`. */
  readonly recurrent: boolean;
  /** `[n, inputs]`, or `[n, time, inputs]`; float64. */
  readonly samples: Tensor;
  readonly key: Key;
  make(options: ModuleOptions): Neuron;
  /** Many units as one layer, in float64, and what it gives, the units along the last axis. */
  layer(units: number): { readonly layer: Module; output(x: Tensor): Tensor };
}

/** One output for every sample, or for every sample and time. */
export function run({ recurrent }: Pick<Subject, "recurrent">, neuron: Neuron, x: Tensor): Tensor {
  if (!recurrent) return neuron.apply(x as never) as Tensor;
  const own = neuron as RecurrentNeuron;
  const batch = x.shape.slice(0, -2);
  let state: Tree = mapTree(own.initialState() as unknown, (leaf) => {
    const ofNeuron = leaf.dtype.startsWith("float") ? leaf.cast(x.dtype) : leaf;
    return ofNeuron.broadcastTo([...batch, ...leaf.shape]);
  }) as Tree;
  const outputs = Array.from({ length: x.shape.at(-2)! }, (_, t) => {
    const [output, next] = own.apply(x.slice(...batch.map(() => null), t), state as never);
    state = next;
    return output;
  });
  return stack(outputs, -1);
}

/** The same with other values in place of the parameters. */
export const runWith = (
  subject: Subject,
  neuron: Neuron,
  parameters: readonly Variable[],
  values: readonly Operand[],
  x: Tensor,
): Tensor =>
  withValues(neuron, new Map(parameters.map((parameter, i) => [parameter, values[i]!])), () =>
    run(subject, neuron, x),
  );

/** The index of the element that differs most, and by how much; NaN differs most of all. */
export function worstDifference(
  a: Operand,
  b: Operand,
): { readonly at: number; readonly by: number } {
  const [p, q] = [a.asTensor().toTypedArray(), b.asTensor().toTypedArray()];
  let worst = { at: -1, by: 0 };
  for (let at = 0; at < p.length; at++) {
    if (Object.is(p[at], q[at])) continue;
    const by = Math.abs(p[at]! - q[at]!);
    const own = Number.isNaN(by) ? Number.POSITIVE_INFINITY : by;
    if (worst.at < 0 || own > worst.by) worst = { at, by: own };
  }
  return worst;
}
