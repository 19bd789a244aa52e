import { showShape, TraceError } from "@neurite/autograd";
import { table } from "../analysis/table.js";
import { Module } from "../module.js";
import { summary } from "../summary.js";
import type { RunParameters } from "./callback.js";
import type { FitOptions } from "./fit-options.js";
import { type Model, optimizerName } from "./model.js";
import type { Data } from "./prepare.js";

/** What a log keeps of a run, by the names of the options: numbers, texts and switches. */
export function parametersOf(model: Model, options: FitOptions, data: Data): RunParameters {
  const { optimizer, loss, epochs, batchSize = 32, accumulate, clipNorm, clipValue } = options;
  const { l1, l2, classWeights, compile } = options;
  const parameters = model.parameters();
  const count = (list: typeof parameters) => list.reduce((sum, { size }) => sum + size, 0);
  return flat({
    model: model.constructor.name,
    parameters: count(parameters),
    "parameters.frozen": count(parameters.filter(({ requiresGrad }) => !requiresGrad)),
    optimizer: {
      "": optimizerName(optimizer),
      ...optimizer.hyperparameters,
      learningRate: optimizer.learningRate.item(),
    },
    loss: loss.name || "anonymous",
    rows: data.loader.rows,
    "rows.validation": data.validation?.inputs.shape[0],
    shuffle: data.key !== undefined,
    ...{ epochs, batchSize, accumulate, clipNorm, clipValue, l1, l2, classWeights, compile },
  });
}

/** The modules of the model, for one batch; its parameters alone where it cannot be traced. */
export function summaryOf(model: Model, { inputs, loader }: Data): string {
  try {
    if (model instanceof Module) {
      return summary(model, inputs.slice([0, Math.min(loader.batchSize, loader.rows)])).toString();
    }
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
  }
  const rows = Array.from(model.namedParameters(), ([path, p]) => [
    path,
    showShape(p.shape),
    p.size,
  ]);
  return table([["parameter", "shape", "elements"], ...rows]);
}

/** Nested options by dotted names; lists as text; what is not given is left out. */
function flat(values: Readonly<Record<string, unknown>>, prefix = ""): RunParameters {
  const entries = Object.entries(values).flatMap(
    ([key, value]): [string, RunParameters[string]][] => {
      const name = [prefix, key].filter(Boolean).join(".");
      if (value === undefined || value === null || typeof value === "function") return [];
      if (typeof value === "number" || typeof value === "boolean" || typeof value === "string") {
        return [[name, value]];
      }
      if (Array.isArray(value)) return [[name, value.join(", ")]];
      return Object.entries(flat(value as Record<string, unknown>, name));
    },
  );
  return Object.fromEntries(entries);
}
