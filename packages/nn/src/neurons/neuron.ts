import { Module, type ModuleOptions } from "../module.js";
import { checkCount } from "../options.js";

export interface NeuronOptions extends ModuleOptions {
  /** How many numbers the neuron sees at once: the last axis of its input. */
  readonly inputs: number;
}

/**
 * One unit: its `forward` maps `[…, inputs]` to `[…]`, the leading axes being a batch. A kind of
 * neuron is a subclass whose fields are parameters; further sizes belong into its options `O`.
 */
export abstract class Neuron<O extends NeuronOptions = NeuronOptions> extends Module {
  readonly #options: O;

  constructor(options: O) {
    super(options);
    checkCount(this.constructor.name, "inputs", options.inputs);
    this.#options = options;
  }

  /** What the neuron was made with, for field initialisers: `this.options.pieces`. */
  get options(): O {
    return this.#options;
  }

  /** How many numbers the neuron sees at once. */
  get inputs(): number {
    return this.#options.inputs;
  }
}
