import { asTensor, type Key, type Tensor, type TensorLike, ValueError } from "@neurite/autograd";
import { checkBatchSize, DataLoader } from "../data/loader.js";
import { nextStreamKey } from "../keys.js";
import { checkOptions } from "../option-names.js";
import { checkCount, checkNumber } from "../options.js";
import { checkData } from "./evaluate.js";
import { type FitOptions, fitOptions } from "./fit-options.js";
import type { Model, OptimizerLike } from "./model.js";

interface Examples {
  readonly inputs: Tensor;
  readonly targets: Tensor;
}

/** The data of a run, checked. */
export interface Data {
  readonly loader: DataLoader<{ readonly inputs: Tensor; readonly targets: Tensor }>;
  /** Decides the order of the rows; none if they keep theirs. */
  readonly key: Key | undefined;
  /** All rows to learn from. */
  readonly inputs: Tensor;
  readonly targets: Tensor;
  readonly validation: Examples | undefined;
  readonly evaluationSets: readonly (readonly [name: string, set: Examples])[];
}

/** Checks everything that can be checked before the first step. */
export function prepare(model: Model, options: FitOptions): Data {
  const { batchSize = 32, accumulate = 1, shuffle = true, optimizer } = options;
  checkOptions("fit", options, fitOptions);
  checkSettings(options);
  checkParameters(model, optimizer);
  const train = asExamples(options);
  checkData("fit", train.inputs, train.targets);
  const validation = options.validation && asExamples(options.validation);
  if (validation) checkData("fit", validation.inputs, validation.targets, "validation ");
  const evaluationSets = Object.entries(options.evaluationSets ?? {}).map(([name, set]) => {
    if (name === "validation") {
      throw new ValueError("fit", 'an evaluation set is called "validation"', {
        fix: "give it as fit(model, { ..., validation }), or call it something else",
      });
    }
    const examples = asExamples(set);
    checkData("fit", examples.inputs, examples.targets, `${name} `);
    return [name, examples] as const;
  });
  // A resumed run draws its key from the stream too, so that what follows gets the same keys.
  const fresh = shuffle ? (options.key ?? nextStreamKey()) : undefined;
  const key = fresh && (options.resume?.tensors["data.key"] ?? fresh);
  const loader = new DataLoader({ ...train }, { batchSize: batchSize * accumulate, key });
  return { loader, key, ...train, validation, evaluationSets };
}

function checkSettings({ epochs, batchSize = 32, ...options }: FitOptions): void {
  if (!Number.isInteger(epochs) || epochs < 1) {
    throw new ValueError("fit", `epochs is ${epochs}`, { fix: "use a positive integer" });
  }
  checkBatchSize("fit", batchSize);
  const { accumulate = 1, l1 = 0, l2 = 0, clipNorm, clipValue } = options;
  checkCount("fit", "accumulate", accumulate);
  checkNumber("fit", "l1", l1, { min: 0 });
  checkNumber("fit", "l2", l2, { min: 0 });
  if (clipNorm !== undefined) checkNumber("fit", "clipNorm", clipNorm, { min: 0 });
  if (clipValue !== undefined) checkNumber("fit", "clipValue", clipValue, { min: 0 });
}

function checkParameters(model: Model, optimizer: OptimizerLike): void {
  const own = new Set(model.parameters());
  const moved = optimizer.parameters.filter((parameter) => own.has(parameter));
  if (moved.length === 0) {
    throw new ValueError("fit", "the optimizer has none of the model's parameters", {
      fix: "make it from them: new SGD(model.parameters(), ...)",
    });
  }
  if (moved.some(({ requiresGrad }) => requiresGrad)) return;
  throw new ValueError("fit", `all ${moved.length} parameters of the optimizer are frozen`, {
    fix: "unfreeze some, as with unfreeze(model, pattern)",
  });
}

const asExamples = (data: Record<"inputs" | "targets", TensorLike>): Examples => ({
  inputs: asTensor(data.inputs),
  targets: asTensor(data.targets),
});
