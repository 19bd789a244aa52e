import { type Tensor, tensor } from "@neurite/autograd";
import { DataError } from "./data-error.js";
import { elementsOf } from "./take.js";

export interface BalancedWeightsOptions {
  /** How many classes there are; by default one more than the largest label. */
  readonly classes?: number;
  readonly dtype?: "float32" | "float64";
}

/**
 * The weight `rows / (classes · rows of the class)` of each class, `[classes]`: in a weighted loss
 * all classes then count alike, however rare, and the weights of the rows have mean 1.
 */
export function balancedWeights(
  labels: ArrayLike<number> | Tensor,
  options: BalancedWeightsOptions = {},
): Tensor {
  const values: ArrayLike<number> = "op" in labels ? elementsOf(labels) : labels;
  if (values.length === 0) {
    throw new DataError("balancedWeights", "there are no labels", { fix: "give at least one" });
  }
  const { dtype = "float32" } = options;
  const classes = options.classes ?? 1 + largestOf(values);
  const counts = new Float64Array(classes);
  for (let row = 0; row < values.length; row++) {
    const label = values[row]!;
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      throw new DataError("balancedWeights", `row ${row} (counted from 0) has the label ${label}`, {
        row,
        value: label,
        fix: `use integers from 0 to ${classes - 1}, such as those of OneHotEncoder.indices`,
      });
    }
    counts[label]!++;
  }
  const missing = counts.indexOf(0);
  if (missing >= 0) {
    const problem = `class ${missing} of ${classes} has no rows, and no weight makes up for that`;
    throw new DataError("balancedWeights", problem, {
      value: missing,
      fix: "split with { stratify }, or leave the class out",
    });
  }
  return tensor(
    counts.map((count) => values.length / (classes * count)),
    { dtype },
  );
}

/** The largest label; 0 where none is a number, so that each is refused with its row. */
function largestOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let row = 0; row < values.length; row++) {
    const label = values[row]!;
    if (Number.isInteger(label) && label > largest) largest = label;
  }
  return largest;
}
