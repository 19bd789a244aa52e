import {
  asTensor,
  type Key,
  noGrad,
  permutation,
  type Tensor,
  type TensorLike,
  ValueError,
} from "@neurite/autograd";
import { equalRows } from "../data/loader.js";
import { take } from "../data/take.js";

/** Rows to learn from. */
export interface TrainingRows {
  readonly inputs: Tensor;
  readonly targets: Tensor;
}

/** How wrong a model is that has learnt: on its own rows, and on others. */
export interface Judgement {
  readonly training: number;
  readonly validation: number;
}

export interface LearningCurvePoint extends Judgement {
  readonly rows: number;
  /** Validation less training: what more rows may bring down. */
  readonly gap: number;
}

/**
 * How a model does that learns from ever more rows: `makeAndFit` makes a new one, trains it on the
 * rows it is given and judges it, each time by the same validation rows. With a key the rows come
 * in a random order; the larger sets contain the smaller ones.
 */
export async function learningCurve(
  makeAndFit: (data: TrainingRows) => Judgement | Promise<Judgement>,
  data: { readonly inputs: TensorLike; readonly targets: TensorLike },
  sizes: readonly number[],
  { key }: { readonly key?: Key } = {},
): Promise<LearningCurvePoint[]> {
  const [inputs, targets] = [asTensor(data.inputs), asTensor(data.targets)];
  const rows = equalRows("learningCurve", { inputs, targets });
  for (const size of sizes) {
    if (Number.isInteger(size) && size >= 1 && size <= rows) continue;
    throw new ValueError("learningCurve", `a size of ${size} of ${rows} rows`, {
      fix: `use sizes from 1 to ${rows}`,
    });
  }
  const order = key ? noGrad(() => permutation(key, rows)).toTypedArray() : undefined;
  const points: LearningCurvePoint[] = [];
  for (const size of sizes) {
    const chosen = order?.subarray(0, size) ?? Int32Array.from({ length: size }, (_, row) => row);
    const judged = await makeAndFit({
      inputs: take(inputs, chosen),
      targets: take(targets, chosen),
    });
    points.push({ rows: size, ...judged, gap: judged.validation - judged.training });
  }
  return points;
}
