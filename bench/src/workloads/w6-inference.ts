/** W6: the forward pass of W3's network, for one image and for 128, against native ONNX Runtime. */
import { variable, zeros } from "@neurite/autograd";
import { elements, type Workload } from "../harness/workload.js";
import { jaxArray, jaxKernel } from "../peers/jax.js";
import { oursKernel, tensorOf } from "../peers/neurite.js";
import { onnx } from "../peers/onnx.js";
import { onnxModel } from "../peers/onnx-model.js";
import { tfKernel } from "../peers/tfjs.js";
import { torch } from "../peers/torch.js";
import { jaxMlp, layersOf, oursMlp, tfMlp, torchLayers } from "./mlp.js";
import { uniform } from "./numbers.js";

const [PIXELS, CLASSES] = [784, 10];
const layers = layersOf([PIXELS, 256, 128, CLASSES]);

function model(batch: number): Uint8Array {
  const nodes = layers.flatMap((_, i) => {
    const [x, last] = [i === 0 ? "x" : `h${i}`, i === layers.length - 1];
    const gemm = { op: "Gemm", inputs: [x, `w${i}`, `b${i}`], output: last ? "y" : `z${i}` };
    return last ? [gemm] : [gemm, { op: "Relu", inputs: [`z${i}`], output: `h${i + 1}` }];
  });
  const weights = layers.flatMap(({ inputs, outputs, weight, bias }, i) => [
    [`w${i}`, { shape: [inputs, outputs], data: weight }],
    [`b${i}`, { shape: [outputs], data: bias }],
  ]);
  const tensors = { x: { shape: [batch, PIXELS] }, ...Object.fromEntries(weights) };
  return onnxModel(nodes, tensors, { name: "y", shape: [batch, CLASSES] });
}

function inference(batch: number): Workload {
  const x = uniform(1, batch * PIXELS, 0, 1);
  const shape = [batch, PIXELS];
  const ours = oursKernel(() => {
    const { forward } = oursMlp(layers, (h) => h.relu());
    const [input, result] = [tensorOf(x, shape), variable(zeros([batch, CLASSES]))];
    const kernel = () => {
      result.assign(forward(input));
    };
    return { kernel, result };
  });
  const jax = jaxKernel((jax) => {
    const { parameters, forward } = jaxMlp(jax, layers, jax.nn.relu);
    return {
      inputs: [jaxArray(jax, x, shape), ...parameters],
      kernel: (input, ...weights) => [forward(weights, input!)],
    };
  });
  const tfjs = tfKernel("wasm", (tf) => {
    const { forward } = tfMlp(tf, layers, (h) => h.relu());
    const input = tf.tensor(x, shape);
    return () => forward(input);
  });
  return {
    id: "W6",
    title: `inference 784-256-128-10, batch ${batch}`,
    reference: ours.eager,
    contestants: [
      ours.compiled,
      onnx(model(batch), { x: [x, shape] }),
      jax,
      tfjs,
      torch("inference", { x: { data: x, shape }, ...torchLayers(layers) }),
    ],
    agreement: elements(1e-5),
    goals: [],
  };
}

export const inferenceOfOne = inference(1);
export const inferenceOfBatch = inference(128);
