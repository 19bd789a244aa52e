/**
 * W1: MLP(2, [16, 16, 1]) on 100 samples with hinge loss and SGD, one number a node, in float64.
 * The program is written once, for any kind of number that can add, multiply and rectify.
 */
import { type Operand, scalar, type Variable } from "@neurite/autograd";
import { SGD } from "@neurite/nn";
import { training } from "../harness/contestant.js";
import { EAGER } from "../harness/names.js";
import { losses, type Workload } from "../harness/workload.js";
import { oursTraining } from "../peers/neurite.js";
import { relu, stepByHand } from "./by-hand.js";
import { Value } from "./micrograd.js";
import { layersOf } from "./mlp.js";

const SAMPLES = 100;
const RATE = 0.01;
const layers = layersOf([2, 16, 16, 1]);
const y = Array.from({ length: SAMPLES }, (_, i) => (i % 2 === 0 ? 1 : -1));
const x = y.flatMap((target, i) => [Math.cos(i * 0.7), Math.sin(i * 0.7) + target / 2]);

interface Arithmetic<V> {
  add(other: V | number): V;
  mul(other: V | number): V;
  relu(): V;
}

function build<V extends Arithmetic<V>, P extends V>(parameter: (value: number) => P) {
  const weights = layers.map(({ weight }) => Array.from(weight, parameter));
  const biases = layers.map(({ bias }) => Array.from(bias, parameter));
  const predict = (sample: readonly number[]): V =>
    layers.reduce<readonly (V | number)[]>((inputs, { outputs }, depth) => {
      const unit = (j: number) => {
        const start: V = biases[depth]![j]!;
        const weightOf = (i: number) => weights[depth]![i * outputs + j]!;
        const z = inputs.reduce<V>((sum, input, i) => sum.add(weightOf(i).mul(input)), start);
        return depth < layers.length - 1 ? z.relu() : z;
      };
      return Array.from({ length: outputs }, (_, j) => unit(j));
    }, sample)[0] as V;
  const loss = (): V => {
    const terms = y.map((target, i) =>
      predict(x.slice(2 * i, 2 * i + 2))
        .mul(-target)
        .add(1)
        .relu(),
    );
    return terms.reduce((sum, term) => sum.add(term)).mul(1 / SAMPLES);
  };
  return { parameters: [...weights.flat(), ...biases.flat()], loss };
}

const ours = oursTraining(() => {
  const { parameters, loss } = build<Operand, Variable>((value) => scalar(value));
  const optimizer = new SGD(parameters, { learningRate: RATE });
  return () => {
    const value = loss().asTensor();
    optimizer.zeroGrad();
    value.backward();
    optimizer.step();
    return value;
  };
});

function objectGraph() {
  const { parameters, loss } = build<Value, Value>((value) => new Value(value));
  return training("micrograd-style", () => {
    for (const parameter of parameters) parameter.grad = 0;
    const value = loss();
    value.backward();
    for (const parameter of parameters) parameter.data -= RATE * parameter.grad;
    return value.data;
  });
}

function loops() {
  const hinge = (z: number, target: number) =>
    target * z < 1 ? ([1 - target * z, -target] as const) : ([0, 0] as const);
  const step = stepByHand(
    layers,
    Float64Array,
    { x, y },
    {
      activation: relu,
      cost: hinge,
      rate: RATE,
    },
  );
  return training("loops by hand", step);
}

export const scalarGraph: Workload = {
  id: "W1",
  title: "scalar graph, 65 k nodes",
  reference: ours.eager,
  contestants: [ours.compiled, objectGraph, loops],
  agreement: losses(1e-10),
  goals: [
    { against: "micrograd-style", measure: "faster", target: 300, stretch: 500 },
    { of: EAGER, against: "micrograd-style", measure: "faster", target: 1, stretch: 2 },
  ],
};
