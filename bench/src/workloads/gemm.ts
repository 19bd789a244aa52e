/** Products of square matrices: plain (NN), and with the first (TN) or second (NT) transposed. */
import type { Tensor } from "@neurite/autograd";
import { OURS, TWO_THREADS } from "../harness/names.js";
import { elements, type Goal, type Workload } from "../harness/workload.js";
import { PEAK, peak } from "../machine/peak.js";
import { jaxArray, jaxKernel } from "../peers/jax.js";
import { oursKernel, variableOf } from "../peers/neurite.js";
import { onnx } from "../peers/onnx.js";
import { onnxModel } from "../peers/onnx-model.js";
import { tfKernel } from "../peers/tfjs.js";
import { torch } from "../peers/torch.js";
import { uniform } from "./numbers.js";

type Form = "NN" | "TN" | "NT";
const forms: readonly Form[] = ["NN", "TN", "NT"];

const product = (a: Tensor, b: Tensor, form: Form): Tensor =>
  (form === "TN" ? a.transpose() : a).matmul(form === "NT" ? b.transpose() : b);

function goalsOf(n: number): Goal[] {
  const [target, stretch] = n === 256 || n === 512 ? [0.85, 0.93] : [0.8, 0.9];
  const goals: Goal[] = [{ against: PEAK, measure: "share", target, stretch }];
  if (n === 512) {
    goals.push({ against: "tfjs-wasm", measure: "faster", target: 1.25, stretch: 1.35 });
  }
  return goals;
}

const matrices = (n: number) => ({ a: uniform(1, n * n), b: uniform(2, n * n) });

const oursGemm = (n: number, form: Form) =>
  oursKernel(() => {
    const { a, b } = matrices(n);
    const [left, right, result] = [a, b, a].map((data) => variableOf(data, [n, n]));
    const kernel = () => result!.assign(product(left!.asTensor(), right!.asTensor(), form));
    return { kernel, result: result! };
  });

function gemm(n: number, form: Form): Workload {
  const shape = [n, n];
  const { a, b } = matrices(n);
  const ours = oursGemm(n, form);
  const [transA, transB] = [form === "TN", form === "NT"];
  const jax = jaxKernel((jax) => ({
    inputs: [jaxArray(jax, a, shape), jaxArray(jax, b, shape)],
    kernel: (left, right) => [
      jax.numpy.matmul(transA ? left!.transpose() : left!, transB ? right!.transpose() : right!),
    ],
  }));
  const tfjs = tfKernel("wasm", (tf) => {
    const [left, right] = [tf.tensor(a, shape), tf.tensor(b, shape)];
    return () => left.matMul(right, transA, transB);
  });
  const attributes = { transA: Number(transA), transB: Number(transB) };
  const model = onnxModel(
    [{ op: "Gemm", inputs: ["a", "b"], output: "y", attributes }],
    { a: { shape }, b: { shape } },
    { name: "y", shape },
  );
  return {
    id: "GEMM",
    title: `${n} ${form}`,
    reference: ours.eager,
    contestants: [
      ours.compiled,
      tfjs,
      jax,
      onnx(model, { a: [a, shape], b: [b, shape] }),
      torch(`gemm_${form.toLowerCase()}`, { a: { data: a, shape }, b: { data: b, shape } }),
    ],
    yardsticks: [peak(2 * n ** 3)],
    agreement: elements(1e-5),
    goals: goalsOf(n),
  };
}

export const gemms: readonly Workload[] = [64, 256, 512, 1024].flatMap((n) =>
  forms.map((form) => gemm(n, form)),
);

const threaded = oursGemm(512, "NN");

export const gemmThreads: Workload = {
  id: "threads",
  title: "GEMM 512 NN",
  reference: threaded.eager,
  contestants: [threaded.compiled, threaded.twoThreads],
  agreement: elements(0),
  goals: [{ of: TWO_THREADS, against: OURS, measure: "faster", target: 1.8 }],
};
