import type { Tensor, Tree, Variable } from "@neurite/autograd";
import type { Neuron } from "../neurons/neuron.js";

/** A class of neurons whose `forward` maps `[…, inputs]` to `[…]`. */
export type NeuronClass = new (options: never) => Neuron & { forward(x: Tensor): Tensor };

/** A neuron that remembers: it takes a state beside the input, and returns the next one. */
export type RecurrentNeuron = Neuron & {
  /** The state before anything was seen, of one unit and one sample: `{ v: zeros([]) }`. */
  initialState(): Tree;
  /** One time: an input and a state with the same leading axes make an output and a state. */
  forward(x: Tensor, state: never): readonly [output: Tensor, next: Tree];
};

/** A class of neurons with a state. */
export type RecurrentNeuronClass = new (options: never) => RecurrentNeuron;

/** What a class of neurons is made with. */
export type OptionsOf<C extends new (options: never) => unknown> = ConstructorParameters<C>[0];

/** The variables of a neuron, stacked: its fields under the same names. */
export type Stacked<N> = {
  readonly [K in keyof N as N[K] extends Variable ? K : never]: Variable;
};

/** Calls the constructor of a neuron: its class was checked where the options were typed. */
export const construct = <C extends new (options: never) => unknown>(
  neuron: C,
  options: object,
): InstanceType<C> => new neuron(options as never) as InstanceType<C>;
