/** What one would write without a library: plain loops over typed arrays, no graph. */
import type { Layer } from "./mlp.js";

type Floats = Float32Array | Float64Array;
type Numeric = (x: number) => number;

/** An activation, and its derivative in terms of its own value. */
export interface Activation {
  readonly of: Numeric;
  readonly slope: Numeric;
}
export const tanh: Activation = { of: Math.tanh, slope: (y) => 1 - y * y };
export const relu: Activation = { of: (z) => Math.max(z, 0), slope: (y) => (y > 0 ? 1 : 0) };

/** The loss of one prediction, and its derivative. */
export type Cost = (prediction: number, target: number) => readonly [cost: number, slope: number];

/** One step of SGD on an MLP with one output, sample by sample: returns the mean cost. */
export function stepByHand(
  layers: readonly Layer[],
  Floats: typeof Float32Array | typeof Float64Array,
  data: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> },
  { activation, cost, rate }: { activation: Activation; cost: Cost; rate: number },
): () => number {
  const states = layers.map((layer) => ({
    ...layer,
    weight: Floats.from(layer.weight),
    bias: Floats.from(layer.bias),
    weightGradient: new Floats(layer.weight.length),
    biasGradient: new Floats(layer.bias.length),
    value: new Floats(layer.outputs),
    delta: new Floats(layer.outputs),
  }));
  const [first, last] = [states[0]!, states.at(-1)!];
  const input = new Floats(first.inputs);
  const batch = data.y.length;

  return () => {
    let total = 0;
    for (const { weightGradient, biasGradient } of states) {
      weightGradient.fill(0);
      biasGradient.fill(0);
    }
    for (let sample = 0; sample < batch; sample++) {
      for (let i = 0; i < input.length; i++) input[i] = data.x[sample * input.length + i]!;
      let below: Floats = input;
      for (const layer of states) {
        forward(layer, below, layer === last ? null : activation);
        below = layer.value;
      }
      const [loss, slope] = cost(last.value[0]!, data.y[sample]!);
      total += loss;
      last.delta[0] = slope / batch;
      for (let i = states.length - 1; i >= 0; i--) {
        backward(states[i]!, states[i - 1] ?? null, input, activation);
      }
    }
    for (const { weight, bias, weightGradient, biasGradient } of states) {
      for (let i = 0; i < weight.length; i++) weight[i]! -= rate * weightGradient[i]!;
      for (let i = 0; i < bias.length; i++) bias[i]! -= rate * biasGradient[i]!;
    }
    return total / batch;
  };
}

interface State {
  readonly inputs: number;
  readonly outputs: number;
  readonly weight: Floats;
  readonly bias: Floats;
  readonly weightGradient: Floats;
  readonly biasGradient: Floats;
  readonly value: Floats;
  readonly delta: Floats;
}

function forward(
  { inputs, outputs, weight, bias, value }: State,
  x: Floats,
  activation: Activation | null,
): void {
  for (let j = 0; j < outputs; j++) {
    let z = bias[j]!;
    for (let i = 0; i < inputs; i++) z += x[i]! * weight[i * outputs + j]!;
    value[j] = activation ? activation.of(z) : z;
  }
}

/** Adds to the gradients of a layer, and hands its delta down to the one below. */
function backward(
  { inputs, outputs, weight, weightGradient, biasGradient, delta }: State,
  below: State | null,
  input: Floats,
  { slope }: Activation,
): void {
  const x = below ? below.value : input;
  for (let j = 0; j < outputs; j++) biasGradient[j]! += delta[j]!;
  for (let i = 0; i < inputs; i++) {
    let sum = 0;
    for (let j = 0; j < outputs; j++) {
      weightGradient[i * outputs + j]! += x[i]! * delta[j]!;
      sum += weight[i * outputs + j]! * delta[j]!;
    }
    if (below) below.delta[i] = sum * slope(x[i]!);
  }
}
