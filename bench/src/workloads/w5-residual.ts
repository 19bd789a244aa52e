/** W5: 32 residual blocks x + relu(xW + b) of width 64, batch 64, mean squared error, SGD. */
import { mse, SGD } from "@neurite/nn";
import { losses, type Workload } from "../harness/workload.js";
import { jaxArray, jaxSgd, jaxTraining } from "../peers/jax.js";
import { oursTraining, tensorOf, variableOf } from "../peers/neurite.js";
import { tfTraining } from "../peers/tfjs.js";
import { torch } from "../peers/torch.js";
import { uniform } from "./numbers.js";

const [BLOCKS, WIDTH, BATCH] = [32, 64, 64];
const RATE = 0.01;
const x = uniform(1, BATCH * WIDTH);
const y = uniform(2, BATCH * WIDTH);
const weights = uniform(3, BLOCKS * WIDTH * WIDTH, -0.02, 0.02);
const biases = uniform(4, BLOCKS * WIDTH, -0.02, 0.02);

const blocks = Array.from({ length: BLOCKS }, (_, i) => ({
  weight: weights.slice(i * WIDTH * WIDTH, (i + 1) * WIDTH * WIDTH),
  bias: biases.slice(i * WIDTH, (i + 1) * WIDTH),
}));

const ours = oursTraining(() => {
  const parameters = blocks.map(({ weight, bias }) => ({
    weight: variableOf(weight, [WIDTH, WIDTH]),
    bias: variableOf(bias, [WIDTH]),
  }));
  const [input, target] = [tensorOf(x, [BATCH, WIDTH]), tensorOf(y, [BATCH, WIDTH])];
  const variables = parameters.flatMap(({ weight, bias }) => [weight, bias]);
  const optimizer = new SGD(variables, { learningRate: RATE });
  return () => {
    const output = parameters.reduce(
      (h, { weight, bias }) => h.add(h.matmul(weight).add(bias).relu()),
      input,
    );
    const loss = mse(output, target);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    return loss;
  };
});

const tfjs = tfTraining("wasm", (tf) => {
  const parameters = blocks.map(({ weight, bias }) => ({
    weight: tf.variable(tf.tensor(weight, [WIDTH, WIDTH])),
    bias: tf.variable(tf.tensor(bias, [WIDTH])),
  }));
  const [input, target] = [tf.tensor(x, [BATCH, WIDTH]), tf.tensor(y, [BATCH, WIDTH])];
  const forward = () =>
    parameters.reduce((h, { weight, bias }) => h.add(h.matMul(weight).add(bias).relu()), input);
  return {
    parameters: parameters.flatMap(({ weight, bias }) => [weight, bias]),
    loss: () => forward().sub(target).square().mean(),
    optimizer: tf.train.sgd(RATE),
  };
});

const jax = jaxTraining((jax) => {
  const { numpy, nn } = jax;
  return {
    parameters: [
      ...blocks.map(({ weight }) => jaxArray(jax, weight, [WIDTH, WIDTH])),
      ...blocks.map(({ bias }) => jaxArray(jax, bias, [WIDTH])),
    ],
    data: [jaxArray(jax, x, [BATCH, WIDTH]), jaxArray(jax, y, [BATCH, WIDTH])],
    rule: jaxSgd(RATE),
    loss(parameters, input, target) {
      let h = input!;
      for (let i = 0; i < BLOCKS; i++) {
        const z = numpy.matmul(h.ref, parameters[i]!).add(parameters[BLOCKS + i]!);
        h = h.add(nn.relu(z));
      }
      return numpy.mean(numpy.square(h.sub(target!)));
    },
  };
});

export const residual: Workload = {
  id: "W5",
  title: "32 residual blocks of 64",
  reference: ours.eager,
  contestants: [
    ours.compiled,
    jax,
    tfjs,
    torch("residual", {
      x: { data: x, shape: [BATCH, WIDTH] },
      y: { data: y, shape: [BATCH, WIDTH] },
      w: { data: weights, shape: [BLOCKS, WIDTH, WIDTH] },
      b: { data: biases, shape: [BLOCKS, WIDTH] },
    }),
  ],
  agreement: losses(1e-4),
  goals: [
    { against: "jax-js", measure: "faster", target: 6, stretch: 7 },
    { against: "tfjs-wasm", measure: "faster", target: 8, stretch: 9 },
    { against: "PyTorch", measure: "time", target: 1.1, stretch: 0.9 },
  ],
};
