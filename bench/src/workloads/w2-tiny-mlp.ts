/** W2: MLP 2-16-16-1, batch 100, tanh, mean squared error, SGD: mostly overhead, for most. */
import { mse, SGD } from "@neurite/nn";
import { training } from "../harness/contestant.js";
import { EAGER } from "../harness/names.js";
import { losses, type Workload } from "../harness/workload.js";
import { jaxArray, jaxSgd, jaxTraining } from "../peers/jax.js";
import { oursTraining, tensorOf } from "../peers/neurite.js";
import { type TfBackend, tfTraining } from "../peers/tfjs.js";
import { torch } from "../peers/torch.js";
import { stepByHand, tanh } from "./by-hand.js";
import { jaxMlp, layersOf, oursMlp, tfMlp, torchLayers } from "./mlp.js";
import { uniform } from "./numbers.js";

const BATCH = 100;
const RATE = 0.05;
const layers = layersOf([2, 16, 16, 1]);
const x = uniform(1, BATCH * 2);
const y = Float32Array.from({ length: BATCH }, (_, i) => Math.sin(3 * x[2 * i]! * x[2 * i + 1]!));

const ours = oursTraining(() => {
  const { parameters, forward } = oursMlp(layers, (h) => h.tanh());
  const [input, target] = [tensorOf(x, [BATCH, 2]), tensorOf(y, [BATCH, 1])];
  const optimizer = new SGD(parameters, { learningRate: RATE });
  return () => {
    const loss = mse(forward(input), target);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    return loss;
  };
});

const tfjs = (backend: TfBackend) =>
  tfTraining(backend, (tf) => {
    const { parameters, forward } = tfMlp(tf, layers, (h) => h.tanh());
    const [input, target] = [tf.tensor(x, [BATCH, 2]), tf.tensor(y, [BATCH, 1])];
    const loss = () => forward(input).sub(target).square().mean();
    return { parameters, loss, optimizer: tf.train.sgd(RATE) };
  });

const jax = jaxTraining((jax) => {
  const { parameters, forward } = jaxMlp(jax, layers, jax.numpy.tanh);
  const data = [jaxArray(jax, x, [BATCH, 2]), jaxArray(jax, y, [BATCH, 1])];
  return {
    parameters,
    data,
    rule: jaxSgd(RATE),
    loss: (parameters, input, target) =>
      jax.numpy.mean(jax.numpy.square(forward(parameters, input!).sub(target!))),
  };
});

function loops() {
  const squared = (z: number, target: number) => [(z - target) ** 2, 2 * (z - target)] as const;
  const how = { activation: tanh, cost: squared, rate: RATE };
  return training("loops by hand", stepByHand(layers, Float32Array, { x, y }, how));
}

export const tinyMlp: Workload = {
  id: "W2",
  title: "tiny MLP 2-16-16-1",
  reference: ours.eager,
  contestants: [
    ours.compiled,
    loops,
    jax,
    tfjs("wasm"),
    tfjs("cpu"),
    torch("tiny_mlp", {
      x: { data: x, shape: [BATCH, 2] },
      y: { data: y, shape: [BATCH, 1] },
      ...torchLayers(layers),
    }),
  ],
  agreement: losses(1e-4),
  goals: [
    { against: "jax-js", measure: "faster", target: 17, stretch: 25 },
    { against: "tfjs-wasm", measure: "faster", target: 25, stretch: 35 },
    { against: "PyTorch", measure: "faster", target: 12, stretch: 17 },
    { of: EAGER, against: "tfjs-cpu", measure: "faster", target: 1.5, stretch: 3 },
  ],
};
