import {
  concat,
  noGrad,
  ShapeError,
  showShape,
  type Tensor,
  type Variable,
} from "@neurite/autograd";
import { l1Penalty, l2Penalty } from "../losses/penalties.js";
import type { Loss, Model, OptimizerLike } from "./model.js";

/** What a step learns by, besides the model. */
export interface Learner {
  readonly model: Model;
  readonly loss: Loss;
  readonly optimizer: OptimizerLike;
  /** How many rows go through the model at once; all of the batch if left out. */
  readonly rowsAtOnce?: number | undefined;
  /** What of `Σ|w|` over the weights is added to the loss that is differentiated. */
  readonly l1?: number | undefined;
  /** What of `Σw²` over the weights is added to the loss that is differentiated. */
  readonly l2?: number | undefined;
  /** Changes the gradients before the optimizer uses them. */
  readonly clip?: ((parameters: readonly Variable[]) => void) | undefined;
}

export interface Batch {
  readonly inputs: Tensor;
  readonly targets: Tensor;
}

/** What one pass through the model gave. */
interface Pass {
  readonly output: Tensor;
  /** Its share of the mean over the batch. */
  readonly loss: Tensor;
  /** What is differentiated: the loss, and in the first pass the penalties. */
  readonly goal: Tensor;
}

/** How a pass computes the loss; a compiled step looks at the targets' values meanwhile. */
export type Judge = (output: Tensor, targets: Tensor) => Tensor;

/**
 * The passes of a batch one after the other, each to be differentiated before the next: together
 * their goals are the mean loss over the batch, and the penalties.
 */
export function* passesOf(learner: Learner, batch: Batch, judge: Judge): Generator<Pass> {
  const rows = batch.inputs.shape[0]!;
  const { model, rowsAtOnce = rows } = learner;
  for (let start = 0; start < rows; start += rowsAtOnce) {
    const end = Math.min(start + rowsAtOnce, rows);
    const output = model.apply(rowsFrom(batch.inputs, start, end));
    const mean = judge(output, rowsFrom(batch.targets, start, end));
    checkScalar(mean);
    const loss = end - start === rows ? mean : mean.mul((end - start) / rows);
    yield { output, loss, goal: start === 0 ? withPenalties(learner, loss) : loss };
  }
}

const rowsFrom = (x: Tensor, start: number, end: number): Tensor =>
  end - start === x.shape[0] ? x : x.slice([start, end]);

/** Biases and gains, of one axis, are not drawn to 0: they do not make a function less smooth. */
function withPenalties({ model, l1 = 0, l2 = 0 }: Learner, loss: Tensor): Tensor {
  const weights = model.parameters().filter((w) => w.rank >= 2 && w.requiresGrad);
  if (weights.length === 0) return loss;
  const penalties = [
    ...(l1 === 0 ? [] : [l1Penalty(weights).mul(l1)]),
    ...(l2 === 0 ? [] : [l2Penalty(weights).mul(l2)]),
  ];
  return penalties.reduce((sum, penalty) => sum.add(penalty.cast(sum.dtype)), loss);
}

export function checkScalar(loss: Tensor): void {
  if (loss.size === 1) return;
  throw new ShapeError("fit", `the loss has shape ${showShape(loss.shape)}`, {
    shapes: [loss.shape],
    fix: "reduce it to one number, as with .mean()",
  });
}

/** All that a step may change: parameters, random keys, and what the optimizer remembers. */
export const stateOf = ({ model, optimizer }: Learner): readonly Variable[] =>
  Array.from([...model.namedState(), ...optimizer.namedState()], ([, variable]) => variable);

/** The outputs of all passes as the rows of one tensor, apart from what they were computed by. */
export const joinOutputs = (passes: readonly { readonly output: Tensor }[]): Tensor =>
  noGrad(() => {
    const outputs = passes.map(({ output }) => output.stopGradient());
    return outputs.length === 1 ? outputs[0]! : concat(outputs);
  });
