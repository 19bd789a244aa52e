/** Multilayer perceptrons of W2, W3 and W6: one set of weights, and the forward pass in each. */
import type { Tensor, Variable } from "@neurite/autograd";
import type { Jax, JaxArray } from "../peers/jax.js";
import { jaxArray } from "../peers/jax.js";
import { variableOf } from "../peers/neurite.js";
import type { Tf, TfTensor } from "../peers/tfjs.js";
import type { Inputs } from "../peers/torch.js";
import { uniform } from "./numbers.js";

export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** `[inputs, outputs]`, row by row. */
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

/** Layers of the given widths, uniform within ±1/√inputs. */
export const layersOf = (sizes: readonly number[]): Layer[] =>
  sizes.slice(1).map((outputs, i) => {
    const inputs = sizes[i]!;
    const bound = 1 / Math.sqrt(inputs);
    const weight = uniform(100 + i, inputs * outputs, -bound, bound);
    return { inputs, outputs, weight, bias: uniform(200 + i, outputs, -bound, bound) };
  });

/** Runs `layer` on what the one before made; `activation` between two layers. */
function chain<T, P>(
  layers: readonly P[],
  x: T,
  layer: (x: T, layer: P) => T,
  activation: (x: T) => T,
): T {
  return layers.reduce((h, parameters, i) => {
    const z = layer(h, parameters);
    return i < layers.length - 1 ? activation(z) : z;
  }, x);
}

export function oursMlp(layers: readonly Layer[], activation: (x: Tensor) => Tensor) {
  const parameters = layers.map(({ inputs, outputs, weight, bias }): [Variable, Variable] => [
    variableOf(weight, [inputs, outputs]),
    variableOf(bias, [outputs]),
  ]);
  const dense = (x: Tensor, [weight, bias]: [Variable, Variable]) => x.matmul(weight).add(bias);
  return {
    parameters: parameters.flat(),
    forward: (x: Tensor) => chain(parameters, x, dense, activation),
  };
}

export function tfMlp(tf: Tf, layers: readonly Layer[], activation: (x: TfTensor) => TfTensor) {
  const parameters = layers.map(({ inputs, outputs, weight, bias }): [TfTensor, TfTensor] => [
    tf.variable(tf.tensor(weight, [inputs, outputs])),
    tf.variable(tf.tensor(bias, [outputs])),
  ]);
  const dense = (x: TfTensor, [weight, bias]: [TfTensor, TfTensor]) => x.matMul(weight).add(bias);
  return {
    parameters: parameters.flat(),
    forward: (x: TfTensor) => chain(parameters, x, dense, activation),
  };
}

export function jaxMlp(jax: Jax, layers: readonly Layer[], activation: (x: JaxArray) => JaxArray) {
  const parameters = layers.flatMap(({ inputs, outputs, weight, bias }) => [
    jaxArray(jax, weight, [inputs, outputs]),
    jaxArray(jax, bias, [outputs]),
  ]);
  const dense = (x: JaxArray, [weight, bias]: [JaxArray, JaxArray]) =>
    jax.numpy.matmul(x, weight).add(bias);
  const pairs = (flat: readonly JaxArray[]) =>
    layers.map((_, i): [JaxArray, JaxArray] => [flat[2 * i]!, flat[2 * i + 1]!]);
  return {
    parameters,
    forward: (parameters: readonly JaxArray[], x: JaxArray) =>
      chain(pairs(parameters), x, dense, activation),
  };
}

/** w1, b1, w2, b2, …: what the programs in Python call them. */
export const torchLayers = (layers: readonly Layer[]): Inputs =>
  Object.fromEntries(
    layers.flatMap(({ inputs, outputs, weight, bias }, i) => [
      [`w${i + 1}`, { data: weight, shape: [inputs, outputs] }],
      [`b${i + 1}`, { data: bias, shape: [outputs] }],
    ]),
  );
