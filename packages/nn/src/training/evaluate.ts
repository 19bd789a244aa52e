import { asTensor, noGrad, type Tensor, type TensorLike } from "@neurite/autograd";
import { checkFinite } from "../data/finite.js";
import { equalRows } from "../data/loader.js";
import type { Evaluation } from "./history.js";
import type { Loss, Metrics, Model } from "./model.js";
import { checkScalar } from "./objective.js";
import { predict } from "./predict.js";

export interface EvaluateOptions {
  readonly inputs: TensorLike;
  readonly targets: TensorLike;
  readonly loss: Loss;
  readonly metrics?: Metrics | undefined;
  /** How many rows go through the model at once; 256 by default. */
  readonly batchSize?: number | undefined;
  /** False computes every batch eagerly, as for `predict`. */
  readonly compile?: boolean | undefined;
}

/** Loss and metrics in evaluation mode, each computed once over the outputs of all rows. */
export function evaluate(model: Model, options: EvaluateOptions): Evaluation {
  const [inputs, targets] = [asTensor(options.inputs), asTensor(options.targets)];
  checkData("evaluate", inputs, targets);
  const output = predict(model, inputs, options);
  return {
    loss: lossOf(options.loss, output, targets),
    metrics: measure(options.metrics, output, targets),
  };
}

export function lossOf(loss: Loss, output: Tensor, targets: Tensor): number {
  return noGrad(() => {
    const value = loss(output, targets);
    checkScalar(value);
    return value.item();
  });
}

export function measure(
  metrics: Metrics = {},
  output: Tensor,
  targets: Tensor,
): Readonly<Record<string, number>> {
  const values = Object.entries(metrics).map(([name, metric]) => {
    const value = noGrad(() => metric(output, targets));
    return [name, typeof value === "number" ? value : value.item()];
  });
  return Object.fromEntries(values);
}

/** Refuses data that nothing can be learnt from: unequal counts, no rows, NaN. */
export function checkData(op: string, inputs: Tensor, targets: Tensor, prefix = ""): void {
  const [inputsName, targetsName] = [`${prefix}inputs`, `${prefix}targets`];
  equalRows(op, { [inputsName]: inputs, [targetsName]: targets });
  checkFinite(op, inputsName, inputs);
  checkFinite(op, targetsName, targets);
}
