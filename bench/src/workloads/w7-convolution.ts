/**
 * W7: a 3x3 convolution 32→64 with padding 1 over 28x28, batch 32, forward and backward: the
 * gradients by input, kernel and bias. tfjs-wasm has no gradient by the kernel.
 */
import { conv2d, grad, variable, zeros } from "@neurite/autograd";
import { elements, type Workload } from "../harness/workload.js";
import { type JaxArray, jaxArray, jaxKernel } from "../peers/jax.js";
import { oursKernel, variableOf } from "../peers/neurite.js";
import { torch } from "../peers/torch.js";
import { uniform } from "./numbers.js";

const [BATCH, INPUTS, OUTPUTS, SIDE] = [32, 32, 64, 28];
const X = [BATCH, INPUTS, SIDE, SIDE];
const W = [OUTPUTS, INPUTS, 3, 3];
const bound = 1 / Math.sqrt(INPUTS * 9);
const x = uniform(1, BATCH * INPUTS * SIDE * SIDE);
const w = uniform(2, OUTPUTS * INPUTS * 9, -bound, bound);
const b = uniform(3, OUTPUTS, -bound, bound);

const ours = oursKernel(() => {
  const [input, weight, bias] = [variableOf(x, X), variableOf(w, W), variableOf(b, [OUTPUTS])];
  const gradients = [input, weight, bias].map(({ shape }) => variable(zeros(shape)));
  const kernel = () => {
    const loss = conv2d(input, weight, { bias, padding: 1 }).square().mean();
    for (const [i, g] of grad(loss, [input, weight, bias]).entries()) gradients[i]!.assign(g);
  };
  return { kernel, result: gradients[1]! };
});

const jax = jaxKernel((jax) => {
  const loss = ([input, weight, bias]: JaxArray[]) => {
    const products = jax.lax.conv(input!, weight!, [1, 1], "SAME");
    const y = products.add(bias!.reshape([OUTPUTS, 1, 1]));
    return jax.numpy.mean(jax.numpy.square(y));
  };
  return {
    inputs: [jaxArray(jax, x, X), jaxArray(jax, w, W), jaxArray(jax, b, [OUTPUTS])],
    kernel(...parameters) {
      const [value, gradients] = jax.valueAndGrad(loss)(parameters);
      value.dispose();
      return gradients;
    },
    compared: 1,
  };
});

export const convolution: Workload = {
  id: "W7",
  title: "convolution 3x3, 32→64, 28x28",
  reference: ours.eager,
  contestants: [
    ours.compiled,
    jax,
    torch("convolution", {
      x: { data: x, shape: X },
      w: { data: w, shape: W },
      b: { data: b, shape: [OUTPUTS] },
    }),
  ],
  agreement: elements(1e-4),
  goals: [
    { against: "jax-js", measure: "faster", target: 100, stretch: 150 },
    { against: "PyTorch", measure: "time", target: 4.5 },
  ],
};
