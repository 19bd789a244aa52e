import { compile, type Tensor, tensor, type Variable, variable } from "@neurite/autograd";
import { type Contestant, local, training } from "../harness/contestant.js";
import { EAGER, OURS, TWO_THREADS } from "../harness/names.js";

/** One program of ours, made anew for each way to run it. */
interface Ours {
  readonly eager: () => Contestant;
  readonly compiled: () => Contestant;
  /** Only in a process that began with setThreads(2): threads need memory that they can share. */
  readonly twoThreads: () => Contestant;
}

/** A training step: `prepare` makes variables and returns the step, which returns the loss. */
export function oursTraining(prepare: () => () => Tensor): Ours {
  const by = (name: string, convert: (step: () => Tensor) => () => Tensor) => () => {
    const step = convert(prepare());
    return training(name, () => step().item());
  };
  return {
    eager: by(EAGER, (step) => step),
    compiled: by(OURS, (step) => compile(step, { threads: 1 })),
    twoThreads: by(TWO_THREADS, (step) => compile(step, { threads: 2 })),
  };
}

interface OursKernel {
  /** Assigns what it computes, so that nothing leaves the engine's memory. */
  kernel(): void;
  /** Where the result is to be found. */
  readonly result: Variable;
}

export function oursKernel(prepare: () => OursKernel): Ours {
  const by = (name: string, convert: (kernel: () => void) => () => void) => () => {
    const { kernel, result } = prepare();
    return local(name, { run: convert(kernel), output: () => result.toTypedArray() });
  };
  return {
    eager: by(EAGER, (kernel) => kernel),
    compiled: by(OURS, (kernel) => compile(kernel, { threads: 1 })),
    twoThreads: by(TWO_THREADS, (kernel) => compile(kernel, { threads: 2 })),
  };
}

/** A variable, or a constant, that copies the shared numbers. */
export const variableOf = (data: Float32Array, shape: readonly number[]) =>
  variable(data.slice(), { shape });
export const tensorOf = (data: Float32Array | Int32Array, shape: readonly number[]) =>
  tensor(data.slice(), { shape, dtype: data instanceof Int32Array ? "int32" : "float32" });
