import { type Key, ValueError, type Variable } from "@neurite/autograd";
import { listDifferences, matchState } from "../../state.js";
import { type Model, type OptimizerLike, optimizerName } from "../model.js";
import { prng, type TrainingState, version } from "./training-state.js";

/** What a state has to fit before it is taken over. */
interface Learning {
  readonly model: Model;
  readonly optimizer: OptimizerLike;
  readonly data: TrainingState["data"];
  /** The key that was given for the order of the rows. */
  readonly key: Key | undefined;
}

/**
 * Gives a model and its optimizer the values of a state. A state of another version, generator,
 * optimizer class, model or data is an error that names both sides and changes nothing.
 */
export function resume(state: TrainingState, learning: Learning): void {
  const { model, optimizer, data } = learning;
  const fix = "resume with what the state was saved by, or begin anew without it";
  differ("format version", state.version, version, "update @neurite/nn, or begin anew");
  differ("random generator", state.prng, prng, fix);
  differ("optimizer", state.optimizer, optimizerName(optimizer), fix);
  differ("number of rows", state.data.rows, data.rows, fix);
  differ("batchSize", state.data.batchSize, data.batchSize, fix);
  differ("choice to shuffle", state.data.shuffled, data.shuffled, fix);
  const key = state.tensors["data.key"];
  if (key && learning.key) differ("key", `${key.toArray()}`, `${learning.key.toArray()}`, fix);
  const named = [...variablesOf(model, optimizer)];
  const entries = Object.entries(state.tensors);
  const own = Object.fromEntries(entries.filter(([name]) => /^(model|optimizer)\./.test(name)));
  const { differences, assign } = matchState(named, own);
  const list = listDifferences(differences);
  if (list !== "") {
    throw new ValueError("fit", `the state to resume does not fit; ${list}`, {
      fix: "build the same model and optimizer that the state was saved from",
    });
  }
  assign();
  const frozen = new Set(state.frozen);
  for (const [path, parameter] of model.namedParameters()) {
    const requiresGrad = !frozen.has(path);
    if (parameter.requiresGrad !== requiresGrad) parameter.requiresGrad = requiresGrad;
  }
}

/** All variables that a step may change, by the names they have in a state. */
export function* variablesOf(
  model: Model,
  optimizer: OptimizerLike,
): Iterable<[name: string, variable: Variable]> {
  for (const [path, variable] of model.namedState()) yield [`model.${path}`, variable];
  for (const [name, variable] of optimizer.namedState()) yield [`optimizer.${name}`, variable];
}

function differ(what: string, saved: unknown, own: unknown, fix: string): void {
  if (saved === own) return;
  throw new ValueError("fit", `the state to resume has ${what} ${saved}, here it is ${own}`, {
    fix,
  });
}
