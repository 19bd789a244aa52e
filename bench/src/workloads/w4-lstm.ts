/** W4: an LSTM 32→128 over 32 steps, batch 32, a dense layer to 10 classes, Adam. */
import { scan, type Tensor } from "@neurite/autograd";
import { Adam, crossEntropy, LSTMCell } from "@neurite/nn";
import { losses, type Workload } from "../harness/workload.js";
import { jaxAdam, jaxArray, jaxTraining } from "../peers/jax.js";
import { oursTraining, tensorOf, variableOf } from "../peers/neurite.js";
import { tfTraining } from "../peers/tfjs.js";
import { torch } from "../peers/torch.js";
import { labels, uniform } from "./numbers.js";

const [STEPS, BATCH, INPUTS, HIDDEN, CLASSES] = [32, 32, 32, 128, 10];
const GATES = 4 * HIDDEN;
const RATE = 0.001;
const bound = 1 / Math.sqrt(HIDDEN);
const x = uniform(1, STEPS * BATCH * INPUTS);
const { numbers, oneHot } = labels(2, BATCH, CLASSES);

/** The parameters, weights as `[inputs, outputs]`; the gates are input, forget, cell, output. */
const initial: readonly (readonly [data: Float32Array, shape: readonly number[]])[] = [
  [uniform(3, INPUTS * GATES, -bound, bound), [INPUTS, GATES]],
  [uniform(4, HIDDEN * GATES, -bound, bound), [HIDDEN, GATES]],
  [uniform(5, GATES, -bound, bound), [GATES]],
  [uniform(6, GATES, -bound, bound), [GATES]],
  [uniform(7, HIDDEN * CLASSES, -bound, bound), [HIDDEN, CLASSES]],
  [uniform(8, CLASSES, -bound, bound), [CLASSES]],
];
const [wx, wh, bx, bh, wd, bd] = initial;

const ours = oursTraining(() => {
  const cell = new LSTMCell({ inputs: INPUTS, hidden: HIDDEN });
  cell.weightIh.assign(tensorOf(...wx!).transpose());
  cell.weightHh.assign(tensorOf(...wh!).transpose());
  cell.biasIh!.assign(tensorOf(...bx!));
  cell.biasHh!.assign(tensorOf(...bh!));
  const [weight, bias] = [variableOf(...wd!), variableOf(...bd!)];
  const sequence = tensorOf(x, [STEPS, BATCH, INPUTS]);
  const target = tensorOf(numbers, [BATCH]);
  const optimizer = new Adam([...cell.parameters(), weight, bias], { learningRate: RATE });
  return () => {
    const advance = (state: { h: Tensor; c: Tensor }, x: Tensor) =>
      [cell.apply(x, state), null] as const;
    const [{ h }] = scan(advance, cell.initialState(BATCH), sequence);
    const loss = crossEntropy(h.matmul(weight).add(bias), target);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    return loss;
  };
});

const tfjs = tfTraining("wasm", (tf) => {
  const parameters = initial.map(([data, shape]) => tf.variable(tf.tensor(data, shape)));
  const [wx, wh, bx, bh, wd, bd] = parameters;
  const inputs = tf.unstack(tf.tensor(x, [STEPS, BATCH, INPUTS]));
  const target = tf.tensor(oneHot, [BATCH, CLASSES]);
  const start = tf.zeros([BATCH, HIDDEN]);
  const loss = () => {
    let [h, c] = [start, start];
    for (const input of inputs) {
      const sums = input.matMul(wx!).add(bx!).add(h.matMul(wh!).add(bh!));
      const [i, f, g, o] = tf.split(sums, 4, 1);
      c = f!.sigmoid().mul(c).add(i!.sigmoid().mul(g!.tanh()));
      h = o!.sigmoid().mul(c.tanh());
    }
    return tf.losses.softmaxCrossEntropy(target, h.matMul(wd!).add(bd!));
  };
  return { parameters, loss, optimizer: tf.train.adam(RATE, 0.9, 0.999, 1e-8) };
});

const jax = jaxTraining((jax) => {
  const { numpy, nn } = jax;
  const at = (t: number) => x.slice(t * BATCH * INPUTS, (t + 1) * BATCH * INPUTS);
  const steps = Array.from({ length: STEPS }, (_, t) => jaxArray(jax, at(t), [BATCH, INPUTS]));
  return {
    parameters: initial.map(([data, shape]) => jaxArray(jax, data, shape)),
    data: [jaxArray(jax, oneHot, [BATCH, CLASSES]), ...steps],
    rule: jaxAdam(RATE),
    loss([wx, wh, bx, bh, wd, bd], target, ...inputs) {
      let [h, c] = [numpy.zeros([BATCH, HIDDEN]), numpy.zeros([BATCH, HIDDEN])];
      for (const input of inputs) {
        const fromInput = numpy.matmul(input, wx!.ref).add(bx!.ref);
        const sums = fromInput.add(numpy.matmul(h, wh!.ref).add(bh!.ref));
        const [i, f, g, o] = numpy.split(sums, 4, 1);
        c = nn
          .sigmoid(f!)
          .mul(c)
          .add(nn.sigmoid(i!).mul(numpy.tanh(g!)));
        h = nn.sigmoid(o!).mul(numpy.tanh(c.ref));
      }
      for (const used of [wx!, wh!, bx!, bh!, c]) used.dispose();
      const logits = numpy.matmul(h, wd!).add(bd!);
      return numpy.sum(nn.logSoftmax(logits, -1).mul(target!)).mul(-1 / BATCH);
    },
  };
});

const named = { wx, wh, bx, bh, wd, bd };

export const lstm: Workload = {
  id: "W4",
  title: "LSTM 32→128, 32 steps",
  reference: ours.eager,
  contestants: [
    ours.compiled,
    jax,
    tfjs,
    torch("lstm", {
      x: { data: x, shape: [STEPS, BATCH, INPUTS] },
      labels: { data: numbers, shape: [BATCH] },
      ...Object.fromEntries(
        Object.entries(named).map(([name, given]) => [name, { data: given![0], shape: given![1] }]),
      ),
    }),
  ],
  agreement: losses(1e-3),
  goals: [
    { against: "jax-js", measure: "faster", target: 5, stretch: 6 },
    { against: "tfjs-wasm", measure: "faster", target: 13, stretch: 17 },
    { against: "PyTorch", measure: "time", target: 3.5, stretch: 3 },
  ],
};
