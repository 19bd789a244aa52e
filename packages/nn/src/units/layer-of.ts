import { type Tensor, ValueError } from "@neurite/autograd";
import { construct, type NeuronClass, type OptionsOf, type Stacked } from "./neuron-class.js";
import { Units, type UnitsOptions } from "./units.js";

/** A layer of neurons of one class: `[…, inputs] → […, units]`. */
export class NeuronLayer<C extends NeuronClass = NeuronClass> extends Units<InstanceType<C>> {
  constructor(neuron: C, options: UnitsOptions, op = "layerOf") {
    if ("initialState" in neuron.prototype) {
      throw new ValueError(op, `${neuron.name} has a state: it is made for sequences`, {
        fix: `use sequenceOf(${neuron.name}, { inputs, units })`,
      });
    }
    const { units, ...ofOne } = options;
    super(op, options, (own) => construct(neuron, { ...ofOne, ...own }));
  }

  forward(x: Tensor): Tensor {
    this.checkWidth(x, this.inputs);
    const axes = { inAxes: null, outAxes: -1 };
    const y = this.forUnits((unit) => unit.apply(x) as Tensor, null, axes);
    this.checkOutput(y, x);
    return y;
  }
}

/**
 * Makes a layer of a neuron: `units` real instances, each from a key of its own, that run as one by
 * `vmap` (batches lie along the leading axes). Parameters are the neuron's, under the same names,
 * with the units along axis 0: `layerOf(LinearNeuron, ...)` has the weights and kernels of `Dense`.
 */
export const layerOf = <C extends NeuronClass>(
  neuron: C,
  options: OptionsOf<C> & UnitsOptions,
): NeuronLayer<C> & Stacked<InstanceType<C>> =>
  new NeuronLayer(neuron, options) as NeuronLayer<C> & Stacked<InstanceType<C>>;
