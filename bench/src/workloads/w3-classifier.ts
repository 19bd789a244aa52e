/** W3: an MLP of MNIST's size, 784-256-128-10, relu, softmax cross-entropy, batch 128, Adam. */
import { Adam, crossEntropy } from "@neurite/nn";
import { EAGER, OURS, TWO_THREADS } from "../harness/names.js";
import { losses, type Workload } from "../harness/workload.js";
import { jaxAdam, jaxArray, jaxTraining } from "../peers/jax.js";
import { oursTraining, tensorOf } from "../peers/neurite.js";
import { type TfBackend, tfTraining } from "../peers/tfjs.js";
import { torch } from "../peers/torch.js";
import { jaxMlp, layersOf, oursMlp, tfMlp, torchLayers } from "./mlp.js";
import { labels, uniform } from "./numbers.js";

const BATCH = 128;
const RATE = 0.001;
const [PIXELS, CLASSES] = [784, 10];
const layers = layersOf([PIXELS, 256, 128, CLASSES]);
const x = uniform(1, BATCH * PIXELS, 0, 1);
const { numbers, oneHot } = labels(2, BATCH, CLASSES);

export const classifierStep = () => {
  const { parameters, forward } = oursMlp(layers, (h) => h.relu());
  const [input, target] = [tensorOf(x, [BATCH, PIXELS]), tensorOf(numbers, [BATCH])];
  const optimizer = new Adam(parameters, { learningRate: RATE });
  return () => {
    const loss = crossEntropy(forward(input), target);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    return loss;
  };
};
const ours = oursTraining(classifierStep);

const tfjs = (backend: TfBackend) =>
  tfTraining(backend, (tf) => {
    const { parameters, forward } = tfMlp(tf, layers, (h) => h.relu());
    const [input, target] = [tf.tensor(x, [BATCH, PIXELS]), tf.tensor(oneHot, [BATCH, CLASSES])];
    const loss = () => tf.losses.softmaxCrossEntropy(target, forward(input));
    return { parameters, loss, optimizer: tf.train.adam(RATE, 0.9, 0.999, 1e-8) };
  });

const jax = jaxTraining((jax) => {
  const { numpy, nn } = jax;
  const { parameters, forward } = jaxMlp(jax, layers, nn.relu);
  const data = [jaxArray(jax, x, [BATCH, PIXELS]), jaxArray(jax, oneHot, [BATCH, CLASSES])];
  return {
    parameters,
    data,
    rule: jaxAdam(RATE),
    loss: (parameters, input, target) =>
      numpy.sum(nn.logSoftmax(forward(parameters, input!), -1).mul(target!)).mul(-1 / BATCH),
  };
});

export const classifier: Workload = {
  id: "W3",
  title: "MLP 784-256-128-10",
  reference: ours.eager,
  contestants: [
    ours.compiled,
    jax,
    tfjs("wasm"),
    tfjs("cpu"),
    torch("classifier", {
      x: { data: x, shape: [BATCH, PIXELS] },
      labels: { data: numbers, shape: [BATCH] },
      ...torchLayers(layers),
    }),
  ],
  agreement: losses(1e-3),
  goals: [
    { against: "jax-js", measure: "faster", target: 1.8, stretch: 2.2 },
    { against: "tfjs-wasm", measure: "faster", target: 9, stretch: 12 },
    { against: "PyTorch", measure: "time", target: 1.25, stretch: 1 },
    { of: EAGER, against: "tfjs-cpu", measure: "faster", target: 1, stretch: 2 },
  ],
};

export const classifierThreads: Workload = {
  id: "threads",
  title: "W3, MLP 784-256-128-10",
  reference: ours.eager,
  contestants: [ours.compiled, ours.twoThreads],
  agreement: losses(0),
  goals: [{ of: TWO_THREADS, against: OURS, measure: "faster", target: 1.4 }],
};
