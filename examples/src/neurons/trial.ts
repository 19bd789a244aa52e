import { compile, type Key, key, split, type Tensor } from "@neurite/autograd";
import {
  Adam,
  Dense,
  init,
  type Layer,
  layerOf,
  mse,
  ReLUNeuron,
  rmse,
  Sequential,
} from "@neurite/nn";

/** A neuron, and a task that it is made for. */
export interface Trial {
  readonly neuron: string;
  readonly task: string;
  /** The shape of a sample; a sequence is `[time, inputs]`. */
  readonly sample: readonly number[];
  /** One target for each of some random samples. */
  draw(key: Key, count: number): { readonly x: Tensor; readonly t: Tensor };
  /** A layer of the neuron, to `[n, units]`. */
  layer(key: Key): Layer;
  readonly units: number;
  /** How many ReLU neurons have at least as many parameters. */
  readonly reluUnits: number;
}

/** What a neuron and ReLU neurons reach, one entry a seed. */
export interface Outcome {
  readonly own: readonly number[];
  readonly relu: readonly number[];
  readonly ownParameters: number;
  readonly reluParameters: number;
}

/** A layer of each kind under one linear unit, trained in the same way on the same samples. */
export function compare(trial: Trial, seeds: readonly number[]): Outcome {
  const runs = seeds.map((seed) => {
    const [ofTraining, ofTest, ofLayer] = split(key(seed), 3);
    const training = trial.draw(ofTraining!, 256);
    const test = trial.draw(ofTest!, 512);
    const withHead = (layer: Layer, inputs: number) =>
      new Sequential(layer, new Dense({ inputs, units: 1, ...summing }));
    const models = [
      withHead(trial.layer(ofLayer!), trial.units),
      withHead(reluLayer(trial, ofLayer!), trial.reluUnits),
    ];
    return models.map((model) => {
      train(model, training);
      return { error: rmse(model.apply(test.x), test.t).item(), parameters: count(model) };
    });
  });
  const [own, relu] = [0, 1].map((k) => runs.map((run) => run[k]!.error)) as [number[], number[]];
  const [ownParameters, reluParameters] = runs[0]!.map(({ parameters }) => parameters);
  return { own, relu, ownParameters: ownParameters!, reluParameters: reluParameters! };
}

/** The linear unit begins as the sum of what it sees. */
const summing = { weightInit: init.ones, biasInit: init.zeros };

/** ReLU neurons that see all of a sample, a sequence too, at once. */
function reluLayer({ sample, reluUnits: units }: Trial, key: Key): Layer {
  const inputs = sizeOf(sample);
  const layer = layerOf(ReLUNeuron, { inputs, units, key });
  return new Sequential((x) => x.reshape([x.shape[0]!, inputs]), layer);
}

function train(model: Layer, { x, t }: ReturnType<Trial["draw"]>): void {
  const optimizer = new Adam(model.parameters(), { learningRate: 0.03 });
  const step = compile(() => {
    optimizer.zeroGrad();
    mse(model.apply(x), t).backward();
    optimizer.step();
  });
  for (let i = 0; i < 800; i++) step();
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

const count = (model: Layer): number =>
  model.parameters().reduce((sum, { shape }) => sum + sizeOf(shape), 0);
