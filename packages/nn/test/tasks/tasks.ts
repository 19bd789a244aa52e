import { key, split, type Tensor } from "@neurite/autograd";
import {
  Adam,
  accuracy,
  Conv2d,
  crossEntropy,
  Dense,
  Dropout,
  Flatten,
  fit,
  type Loss,
  LSTM,
  MaxPool2d,
  Module,
  mse,
  predict,
  rmse,
  Sequential,
  seed as seedStream,
} from "../../src/index.js";
import { digitImages, digits, penguins, sacramento, type TaskData, weather } from "./data.js";

/** One real task: tasks.py says the same in PyTorch. */
export interface Task {
  data(seed: number): TaskData;
  make(inputs: number): Module & { forward(x: Tensor): Tensor };
  readonly loss: Loss;
  /** Whether more is better. */
  readonly isShare: boolean;
  readonly learningRate: number;
  readonly weightDecay?: number;
  readonly epochs: number;
  readonly batchSize: number;
}

class Forecaster extends Module {
  readonly lstm = new LSTM({ inputs: 4, hidden: 16 });
  readonly readout = new Dense({ inputs: 16, units: 1 });

  forward(days: Tensor): Tensor {
    const { outputs } = this.lstm.apply(days);
    return this.readout.apply(outputs.slice(null, -1));
  }
}

const tanh = (z: Tensor) => z.tanh();
const relu = (z: Tensor) => z.relu();

export const tasks: Readonly<Record<string, Task>> = {
  sacramento: {
    data: sacramento,
    make: (inputs) =>
      new Sequential(
        new Dense({ inputs, units: 8, activation: tanh }),
        new Dense({ inputs: 8, units: 1 }),
      ),
    loss: mse,
    isShare: false,
    learningRate: 0.003,
    weightDecay: 1e-3,
    epochs: 40,
    batchSize: 32,
  },
  penguins: {
    data: penguins,
    make: (inputs) =>
      new Sequential(
        new Dense({ inputs, units: 16, activation: tanh }),
        new Dense({ inputs: 16, units: 3 }),
      ),
    loss: crossEntropy,
    isShare: true,
    learningRate: 0.01,
    epochs: 30,
    batchSize: 16,
  },
  digits: {
    data: digits,
    make: (inputs) =>
      new Sequential(
        new Dense({ inputs, units: 256, activation: relu }),
        new Dropout({ p: 0.4 }),
        new Dense({ inputs: 256, units: 10 }),
      ),
    loss: crossEntropy,
    isShare: true,
    learningRate: 0.002,
    epochs: 60,
    batchSize: 32,
  },
  "digits-conv": {
    data: digitImages,
    make: () =>
      new Sequential(
        new Conv2d({ inChannels: 1, outChannels: 16, kernelSize: 3, padding: 1 }),
        relu,
        new Conv2d({ inChannels: 16, outChannels: 32, kernelSize: 3, padding: 1 }),
        relu,
        new MaxPool2d({ kernelSize: 2 }),
        new Flatten(),
        new Dropout({ p: 0.3 }),
        new Dense({ inputs: 32 * 4 * 4, units: 64, activation: relu }),
        new Dense({ inputs: 64, units: 10 }),
      ),
    loss: crossEntropy,
    isShare: true,
    learningRate: 0.001,
    epochs: 30,
    batchSize: 32,
  },
  weather: {
    data: weather,
    make: () => new Forecaster(),
    loss: mse,
    isShare: false,
    learningRate: 0.01,
    epochs: 6,
    batchSize: 32,
  },
};

/** Trains a task from one seed; its score on what it never saw. */
export async function train(task: Task, seed: number, data = task.data(seed)): Promise<number> {
  seedStream(seed);
  const model = task.make(data.inputs.shape[1]!);
  await fit(model, {
    inputs: data.inputs,
    targets: data.targets,
    loss: task.loss,
    optimizer: new Adam(model.parameters(), {
      learningRate: task.learningRate,
      weightDecay: task.weightDecay ?? 0,
    }),
    epochs: task.epochs,
    batchSize: task.batchSize,
    key: split(key(seed))[1]!,
    progress: false,
  });
  const outputs = predict(model, data.testInputs);
  const score = task.isShare ? accuracy : rmse;
  return score(outputs, data.testTargets).item() * data.unit;
}
