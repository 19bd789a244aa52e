/** Kernels without a matrix product: the tanh chain, softmax, and a sum. */
import { type Tensor, variable, zeros } from "@neurite/autograd";
import { elements, type Goal, type Workload } from "../harness/workload.js";
import { triad } from "../machine/triad.js";
import { type Jax, type JaxArray, jaxArray, jaxKernel } from "../peers/jax.js";
import { oursKernel, variableOf } from "../peers/neurite.js";
import { type TfTensor, tfKernel } from "../peers/tfjs.js";
import { torch } from "../peers/torch.js";
import { uniform } from "./numbers.js";

const MILLION = 2 ** 20;

/** A function of one array in every library. */
interface Kernel {
  readonly id: string;
  readonly title: string;
  readonly shape: readonly number[];
  readonly result: readonly number[];
  readonly program: string;
  readonly tolerance: number;
  readonly goals: readonly Goal[];
  ours(x: Tensor): Tensor;
  jax(jax: Jax, x: JaxArray): JaxArray;
  tfjs(x: TfTensor): TfTensor;
}

function workload(kernel: Kernel): Workload {
  const { id, title, shape, result, program, tolerance, goals } = kernel;
  const x = uniform(1, MILLION, -4, 4);
  const ours = oursKernel(() => {
    const [input, output] = [variableOf(x, shape), variable(zeros(result))];
    const run = () => {
      output.assign(kernel.ours(input.asTensor()));
    };
    return { kernel: run, result: output };
  });
  const jax = jaxKernel((jax) => ({
    inputs: [jaxArray(jax, x, shape)],
    kernel: (input) => [kernel.jax(jax, input!)],
  }));
  const tfjs = tfKernel("wasm", (tf) => {
    const input = tf.tensor(x, shape);
    return () => kernel.tfjs(input);
  });
  return {
    id,
    title,
    reference: ours.eager,
    contestants: [ours.compiled, jax, tfjs, torch(program, { x: { data: x, shape } })],
    yardsticks: [triad(4 * MILLION, 4 * MILLION)],
    agreement: elements(tolerance),
    goals,
  };
}

export const tanhChain = workload({
  id: "chain",
  title: "tanh(x·a + b)·c + d, 1 M",
  shape: [MILLION],
  result: [MILLION],
  program: "tanh_chain",
  ours: (x) => x.mul(1.5).add(0.25).tanh().mul(0.5).add(0.75),
  jax: ({ numpy }, x) => numpy.tanh(x.mul(1.5).add(0.25)).mul(0.5).add(0.75),
  tfjs: (x) => x.mul(1.5).add(0.25).tanh().mul(0.5).add(0.75),
  tolerance: 1e-6,
  goals: [{ against: "tfjs-wasm", measure: "faster", target: 8, stretch: 12 }],
});

export const softmax = workload({
  id: "softmax",
  title: "1024x1024",
  shape: [1024, 1024],
  result: [1024, 1024],
  program: "softmax",
  ours: (x) => x.softmax(),
  jax: ({ nn }, x) => nn.softmax(x, -1),
  tfjs: (x) => x.softmax(),
  tolerance: 1e-5,
  goals: [{ against: "tfjs-wasm", measure: "faster", target: 1, stretch: 1.5 }],
});

export const sum = workload({
  id: "sum",
  title: "1 M",
  shape: [MILLION],
  result: [],
  program: "sum_all",
  ours: (x) => x.sum(),
  jax: ({ numpy }, x) => numpy.sum(x),
  tfjs: (x) => x.sum(),
  tolerance: 1e-3,
  goals: [],
});
