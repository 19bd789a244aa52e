import type { Tensor } from "@neurite/autograd";
import type { Callbacks } from "../callbacks.js";
import type { History } from "../history.js";
import { type Model, type OptimizerLike, optimizerName } from "../model.js";
import type { Data } from "../prepare.js";
import type { Tally } from "../tally.js";
import { variablesOf } from "./resume.js";
import { prng, type TrainingState, version } from "./training-state.js";

interface Run {
  readonly model: Model;
  readonly options: { readonly optimizer: OptimizerLike };
  readonly data: Data;
  readonly watchers: Callbacks;
  readonly history: History;
}

/** The state of a run after a step or an epoch; it stays as it is when the run goes on. */
export function capture(run: Run, { position, outputs }: Tally): TrainingState {
  const { model, data, watchers, history } = run;
  const { optimizer } = run.options;
  const { epochs, steps, stopped, overfitting } = history;
  const callbacks = watchers.save();
  const variables = Array.from(variablesOf(model, optimizer), ([name, variable]) => [
    name,
    variable.stopGradient(),
  ]);
  const tensors: Record<string, Tensor> = {
    ...Object.fromEntries(variables),
    ...(data.key && { "data.key": data.key.stopGradient() }),
    ...(outputs && position.batches > 0 && { "epoch.outputs": outputs }),
    ...callbacks.tensors,
  };
  return {
    version,
    prng,
    optimizer: optimizerName(optimizer),
    data: dataOf(data),
    history: { epochs, steps, stopped, overfitting },
    frozen: [...model.namedParameters()].flatMap(([path, p]) => (p.requiresGrad ? [] : [path])),
    position,
    callbacks: callbacks.json,
    tensors,
  };
}

/** What the order of the rows belongs to. */
export const dataOf = ({ loader, key }: Data): TrainingState["data"] => ({
  rows: loader.rows,
  batchSize: loader.batchSize,
  shuffled: key !== undefined,
});
