import { asTensor, type Key, key, ShapeError, showShape, type TensorLike } from "@neurite/autograd";
import { layerOf } from "../units/layer-of.js";
import {
  construct,
  type NeuronClass,
  type OptionsOf,
  type RecurrentNeuronClass,
} from "../units/neuron-class.js";
import { sequenceOf } from "../units/sequence-of.js";
import { checkAlive, checkSaturation, checkSpread, type Start, startOf } from "./beginning.js";
import { checkBatching, checkCompiled, checkLayer, checkResult } from "./execution.js";
import { checkDerivatives } from "./gradient.js";
import { checkPrecision } from "./precision.js";
import { NeuronReport, verdictOf } from "./report.js";
import type { Subject } from "./subject.js";

/** The options of the neuron itself, without its inputs, which the samples tell. */
export type CheckNeuronOptions<C extends NeuronClass | RecurrentNeuronClass> = Omit<
  OptionsOf<C>,
  "inputs" | "dtype" | "key"
> & {
  /** Where the first values come from; `key(0)` by default. */
  readonly key?: Key;
};

/**
 * Examines a class of neurons on samples `[n, inputs]` (`[n, time, inputs]` if it has a state): the
 * shape and dtype of the result, derivatives to the second order, batches against single samples, a
 * layer against single units, compiled against eager, float32 against float64, and how fresh units
 * begin: dead, saturated, spread. What is wrong with the neuron is in the report, never thrown.
 */
export function checkNeuron<C extends NeuronClass | RecurrentNeuronClass>(
  neuron: C,
  samples: TensorLike,
  options: CheckNeuronOptions<C> = {} as CheckNeuronOptions<C>,
): NeuronReport {
  const subject = subjectOf(neuron, samples, options);
  let start: Start | undefined;
  const fresh = () => {
    start ??= startOf(subject);
    return start;
  };
  return new NeuronReport(neuron.name, [
    verdictOf("result", () => checkResult(subject)),
    verdictOf("gradient", () => checkDerivatives(subject)),
    verdictOf("batch", () => checkBatching(subject)),
    verdictOf("layer", () => checkLayer(subject)),
    verdictOf("compiled", () => checkCompiled(subject)),
    verdictOf("precision", () => checkPrecision(subject)),
    verdictOf("alive", () => checkAlive(fresh())),
    verdictOf("saturation", () => checkSaturation(fresh())),
    verdictOf("spread", () => checkSpread(fresh())),
  ]);
}

function subjectOf<C extends NeuronClass | RecurrentNeuronClass>(
  neuron: C,
  samples: TensorLike,
  { key: from = key(0), ...options }: CheckNeuronOptions<C>,
): Subject {
  const recurrent = "initialState" in neuron.prototype;
  const x = asTensor(samples).cast("float64").detach();
  if (x.rank !== (recurrent ? 3 : 2) || x.shape.includes(0)) {
    const expected = recurrent ? "[n, time, inputs]" : "[n, inputs]";
    throw new ShapeError("checkNeuron", `samples of shape ${showShape(x.shape)}, not ${expected}`, {
      shapes: [x.shape],
      fix: `give samples of shape ${expected}`,
    });
  }
  const inputs = x.shape.at(-1)!;
  return {
    name: neuron.name,
    recurrent,
    samples: x,
    key: from,
    make: (own) => construct(neuron, { key: from, ...options, ...own, inputs }),
    layer: (units) => {
      const all = { ...options, inputs, units, key: from, dtype: "float64" as const };
      if (recurrent) {
        const layer = sequenceOf(neuron as RecurrentNeuronClass, all as never);
        return { layer, output: (x) => layer.apply(x).outputs };
      }
      const layer = layerOf(neuron as NeuronClass, all as never);
      return { layer, output: (x) => layer.apply(x) };
    },
  };
}
