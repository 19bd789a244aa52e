import { load } from "../../peers/load.js";
import { type Contestant, local } from "../harness/contestant.js";
import { MissingPeer } from "../harness/workload.js";

/**
 * What the workloads use of an array of jax-js. A function owns its arguments and has to use each
 * one exactly once; `ref` is one more use.
 */
export interface JaxArray {
  readonly ref: JaxArray;
  add(other: JaxArray | number): JaxArray;
  sub(other: JaxArray | number): JaxArray;
  mul(other: JaxArray | number): JaxArray;
  div(other: JaxArray | number): JaxArray;
  reshape(shape: readonly number[]): JaxArray;
  transpose(axes?: readonly number[]): JaxArray;
  dispose(): void;
  dataSync(): Float32Array;
  blockUntilReady(): Promise<JaxArray>;
}

type Arrays = JaxArray[];
type Function = (...inputs: never[]) => unknown;

/** What the workloads use of jax-js. */
export interface Jax {
  numpy: {
    array(data: Float32Array | number): JaxArray;
    matmul(a: JaxArray, b: JaxArray): JaxArray;
    sqrt(x: JaxArray): JaxArray;
    square(x: JaxArray): JaxArray;
    tanh(x: JaxArray): JaxArray;
    mean(x: JaxArray): JaxArray;
    sum(x: JaxArray): JaxArray;
    split(x: JaxArray, parts: number, axis: number): Arrays;
    zeros(shape: readonly number[]): JaxArray;
    zerosLike(x: JaxArray): JaxArray;
  };
  nn: {
    relu(x: JaxArray): JaxArray;
    sigmoid(x: JaxArray): JaxArray;
    softmax(x: JaxArray, axis: number): JaxArray;
    logSoftmax(x: JaxArray, axis: number): JaxArray;
  };
  lax: {
    conv(x: JaxArray, kernel: JaxArray, strides: number[], padding: string): JaxArray;
  };
  init(): Promise<string[]>;
  defaultDevice(device: string): string;
  jit<F extends Function>(f: F): F;
  valueAndGrad(
    f: (parameters: Arrays, ...data: Arrays) => JaxArray,
  ): (parameters: Arrays, ...data: Arrays) => [JaxArray, Arrays];
}

const NAME = "jax-js";

async function loadJax(): Promise<Jax> {
  // jax-js reads navigator, which Node 20 does not have.
  if (!("navigator" in globalThis)) {
    const value = { userAgent: "Node.js", hardwareConcurrency: 1 };
    Object.defineProperty(globalThis, "navigator", { value, configurable: true });
  }
  try {
    const jax = (await load("@jax-js/jax")) as Jax;
    await jax.init();
    jax.defaultDevice("wasm");
    return jax;
  } catch (error) {
    throw new MissingPeer(NAME, (error as Error).message.split("\n")[0]!);
  }
}

/** An array of the given shape. */
export const jaxArray = ({ numpy }: Jax, data: Float32Array, shape: readonly number[]) =>
  numpy.array(data).reshape(shape);

interface JaxKernel {
  readonly inputs: Arrays;
  /** Runs in a jit; uses each of its inputs once. */
  kernel(...inputs: Arrays): Arrays;
  /** Which of the results is compared; the first by default. */
  readonly compared?: number;
}

export const jaxKernel = (prepare: (jax: Jax) => JaxKernel) => async (): Promise<Contestant> => {
  const jax = await loadJax();
  const { kernel, inputs, compared = 0 } = prepare(jax);
  const compiled = jax.jit(kernel);
  let results: Arrays = [];
  return local(NAME, {
    async run() {
      for (const result of results) result.dispose();
      results = compiled(...inputs.map(({ ref }) => ref));
      for (const result of results) await result.blockUntilReady();
    },
    output: () => results[compared]!.ref.dataSync(),
  });
};

/** How a parameter moves: what is remembered of it at first, and one step. */
export interface JaxRule {
  start(jax: Jax, parameter: JaxArray): Arrays;
  move(jax: Jax, parameter: JaxArray, g: JaxArray, state: Arrays): [JaxArray, Arrays];
}

interface JaxTraining {
  readonly parameters: Arrays;
  readonly data: Arrays;
  readonly rule: JaxRule;
  /** Uses each of its inputs once. */
  loss(parameters: Arrays, ...data: Arrays): JaxArray;
}

/** Loss, gradients and update as one whole jit. */
export const jaxTraining =
  (prepare: (jax: Jax) => JaxTraining) => async (): Promise<Contestant> => {
    const jax = await loadJax();
    const { parameters, data, rule, loss } = prepare(jax);
    type State = { readonly parameters: Arrays; readonly memory: Arrays[] };
    const step = jax.jit(({ parameters, memory }: State, ...data: Arrays): [JaxArray, State] => {
      const kept = parameters.map(({ ref }) => ref);
      const [value, gradients] = jax.valueAndGrad(loss)(parameters, ...data);
      const moved = kept.map((p, i) => rule.move(jax, p, gradients[i]!, memory[i]!));
      return [
        value,
        { parameters: moved.map(([p]) => p), memory: moved.map(([, state]) => state) },
      ];
    });
    let state: State = {
      parameters,
      memory: parameters.map((parameter) => rule.start(jax, parameter.ref)),
    };
    let latest = Number.NaN;
    return local(NAME, {
      run() {
        const [value, next] = step(state, ...data.map(({ ref }) => ref));
        state = next;
        latest = value.dataSync()[0]!;
      },
      output: () => [latest],
    });
  };

export const jaxSgd = (rate: number): JaxRule => ({
  start(_, parameter) {
    parameter.dispose();
    return [];
  },
  move: (_, parameter, g) => [parameter.sub(g.mul(rate)), []],
});

/** Adam as PyTorch and neurite compute it; the powers of the betas are numbers in the state. */
export const jaxAdam = (rate: number, [beta1, beta2] = [0.9, 0.999], eps = 1e-8): JaxRule => ({
  start: ({ numpy }, parameter) => [
    numpy.zerosLike(parameter.ref),
    numpy.zerosLike(parameter),
    numpy.array(1),
    numpy.array(1),
  ],
  move({ numpy }, parameter, g, [m, v, power1, power2]) {
    const mean = m!.mul(beta1).add(g.ref.mul(1 - beta1));
    const meanSquare = v!.mul(beta2).add(numpy.square(g).mul(1 - beta2));
    const [p1, p2] = [power1!.mul(beta1), power2!.mul(beta2)];
    const root = numpy.sqrt(meanSquare.ref.div(p2.ref.mul(-1).add(1))).add(eps);
    const change = mean.ref.div(p1.ref.mul(-1).add(1)).div(root).mul(rate);
    return [parameter.sub(change), [mean, meanSquare, p1, p2]];
  },
});
