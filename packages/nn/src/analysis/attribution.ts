import {
  asTensor,
  IndexError,
  noGrad,
  ShapeError,
  sameShape,
  showShape,
  type Tensor,
  type TensorLike,
  valueAndGrad,
} from "@neurite/autograd";
import type { Layer } from "../layers/layer.js";
import { checkCount } from "../options.js";
import { evaluating } from "./evaluating.js";

export interface AttributionOptions {
  /** Which column of the output is explained; 0 by default. */
  readonly output?: number;
}

export interface IntegratedGradientsOptions extends AttributionOptions {
  /** The input that stands for "nothing", one row or one for each; zeros by default. */
  readonly baseline?: TensorLike;
  /** At how many points of the way the gradient is taken; 64 by default. */
  readonly steps?: number;
}

/** How much each input of each row contributes to the output. */
export interface Attribution {
  /** In the shape of the inputs `[rows, …]`. */
  readonly attributions: Tensor;
  /** The output of each row, and of its baseline. */
  readonly outputs: readonly number[];
  readonly baselines: readonly number[];
  /**
   * For each row, by how much the attributions miss `output − baseline`, which they would add up to
   * exactly if the integral were exact; more steps bring it down.
   */
  readonly completenessErrors: readonly number[];
}

/**
 * Each input times the derivative of the output by it: what the input adds if the model is taken to
 * be linear. For a model that is, `w·x`. Rows must not influence each other. In evaluation mode.
 */
export function gradientTimesInput(
  model: Layer,
  x: TensorLike,
  { output = 0 }: AttributionOptions = {},
): Tensor {
  const inputs = asTensor(x);
  const [, g] = evaluating(model, () =>
    noGrad(() => explained("gradientTimesInput", model, output)(inputs)),
  );
  return noGrad(() => inputs.mul(g));
}

/**
 * `(x − b)·∫ ∂f(b + α(x − b))/∂x dα` over α from 0 to 1, at the midpoints of equal steps: how much
 * each input contributes on the straight way from a baseline b, together the difference of the
 * outputs. Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", 2017.
 */
export function integratedGradients(
  model: Layer,
  x: TensorLike,
  { baseline = 0, steps = 64, output = 0 }: IntegratedGradientsOptions = {},
): Attribution {
  checkCount("integratedGradients", "steps", steps);
  return evaluating(model, () => noGrad(() => integrate(model, x, { baseline, steps, output })));
}

function integrate(
  model: Layer,
  x: TensorLike,
  { baseline, steps, output }: Required<IntegratedGradientsOptions>,
): Attribution {
  const inputs = asTensor(x);
  const from = spread(asTensor(baseline, inputs.dtype), inputs);
  const way = inputs.sub(from);
  const derivative = explained("integratedGradients", model, output);
  let total = inputs.constantLike(0);
  for (let step = 0; step < steps; step++) {
    const [, g] = derivative(from.add(way.mul((step + 0.5) / steps)));
    total = total.add(g);
  }
  const attributions = way.mul(total.div(steps));
  const outputs = [...columnOf("integratedGradients", model.apply(inputs), output).toTypedArray()];
  const baselines = [...columnOf("integratedGradients", model.apply(from), output).toTypedArray()];
  const sums = attributions.cast("float64").reshape([inputs.shape[0]!, -1]).sum(1).toTypedArray();
  const completenessErrors = outputs.map((y, row) => sums[row]! - (y - baselines[row]!));
  return { attributions, outputs, baselines, completenessErrors };
}

/** The sum over the rows of one column, with its gradient: as rows are apart, that of each row. */
const explained = (op: string, model: Layer, output: number) =>
  valueAndGrad((x: Tensor) => columnOf(op, model.apply(x), output).sum());

/** One number a row. */
function columnOf(op: string, y: Tensor, column: number): Tensor {
  if (y.rank === 1 && column === 0) return y;
  if (y.rank === 2 && column >= 0 && column < y.shape[1]!) return y.slice(null, column);
  throw new IndexError(op, `output ${column} of a model that makes ${showShape(y.shape)}`, {
    shapes: [y.shape],
    fix: "give the number of a column of an output [rows, columns]",
  });
}

/** A baseline for every row. */
function spread(baseline: Tensor, inputs: Tensor): Tensor {
  const row = inputs.shape.slice(1);
  const isRow = sameShape(baseline.shape, row) || sameShape(baseline.shape, [1, ...row]);
  if (baseline.rank === 0 || isRow || sameShape(baseline.shape, inputs.shape)) {
    return baseline.broadcastTo(inputs.shape);
  }
  const [own, all] = [showShape(baseline.shape), showShape(inputs.shape)];
  throw new ShapeError("integratedGradients", `a baseline of ${own} for inputs of ${all}`, {
    shapes: [baseline.shape, inputs.shape],
    fix: `give a number, one row ${showShape(row)}, or ${all}`,
  });
}
