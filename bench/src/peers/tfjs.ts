import { load } from "../../peers/load.js";
import type { Contestant, Program } from "../harness/contestant.js";
import { local, training } from "../harness/contestant.js";
import { MissingPeer } from "../harness/workload.js";

/** What the workloads use of a tensor of TensorFlow.js. */
export interface TfTensor {
  dataSync(): Float32Array;
  dispose(): void;
  matMul(other: TfTensor, transposeThis?: boolean, transposeOther?: boolean): TfTensor;
  add(other: TfTensor | number): TfTensor;
  sub(other: TfTensor | number): TfTensor;
  mul(other: TfTensor | number): TfTensor;
  tanh(): TfTensor;
  sigmoid(): TfTensor;
  relu(): TfTensor;
  square(): TfTensor;
  mean(): TfTensor;
  sum(): TfTensor;
  softmax(): TfTensor;
}

interface TfOptimizer {
  minimize(loss: () => TfTensor, returnCost: true, variables: TfTensor[]): TfTensor;
}

/** What the workloads use of TensorFlow.js. */
export interface Tf {
  tensor(data: Float32Array, shape: readonly number[]): TfTensor;
  variable(initial: TfTensor): TfTensor;
  tidy<T>(body: () => T): T;
  unstack(x: TfTensor): TfTensor[];
  split(x: TfTensor, parts: number, axis: number): TfTensor[];
  zeros(shape: readonly number[]): TfTensor;
  enableProdMode(): void;
  setBackend(name: string): Promise<boolean>;
  losses: { softmaxCrossEntropy(oneHot: TfTensor, logits: TfTensor): TfTensor };
  train: {
    sgd(rate: number): TfOptimizer;
    adam(rate: number, beta1: number, beta2: number, epsilon: number): TfOptimizer;
  };
}

export type TfBackend = "wasm" | "cpu";

async function loadTf(backend: TfBackend): Promise<Tf> {
  try {
    const tf = (await load("@tensorflow/tfjs")) as Tf;
    const wasm = (await load("@tensorflow/tfjs-backend-wasm")) as {
      setThreadsCount(count: number): void;
    };
    tf.enableProdMode(); // no checks for NaN, no banner
    wasm.setThreadsCount(1);
    await tf.setBackend(backend);
    return tf;
  } catch (error) {
    throw new MissingPeer(`tfjs-${backend}`, (error as Error).message.split("\n")[0]!);
  }
}

/** A kernel: `prepare` makes the operands, and the function that runs on them. */
export const tfKernel =
  (backend: TfBackend, prepare: (tf: Tf) => () => TfTensor) => async (): Promise<Contestant> => {
    const tf = await loadTf(backend);
    const kernel = prepare(tf);
    let result: TfTensor | undefined;
    const program: Program = {
      run() {
        result?.dispose();
        result = tf.tidy(kernel);
      },
      output: () => result!.dataSync(),
    };
    return local(`tfjs-${backend}`, program, () => tf.setBackend(backend));
  };

/** What a training step needs: parameters, their loss, and who moves them. */
interface TfTraining {
  readonly parameters: TfTensor[];
  readonly optimizer: TfOptimizer;
  loss(): TfTensor;
}

export const tfTraining =
  (backend: TfBackend, prepare: (tf: Tf) => TfTraining) => async (): Promise<Contestant> => {
    const tf = await loadTf(backend);
    const { parameters, optimizer, loss } = prepare(tf);
    const step = () => tf.tidy(() => optimizer.minimize(loss, true, parameters).dataSync()[0]!);
    return training(`tfjs-${backend}`, step, () => tf.setBackend(backend));
  };
