import { type Tensor, type TypedArray, ValueError } from "@neurite/autograd";
import { elementsOf } from "../data/take.js";
import type { Loss } from "./model.js";

/** One weight for each class, or `"balanced"`: rows/(classes·rows of the class). */
export type ClassWeights = "balanced" | readonly number[];

/** A loss that is told how much each class counts. */
type WeightedLoss = (
  output: Tensor,
  target: Tensor,
  options: { readonly weight: Tensor },
) => Tensor;

/** The loss with weights for its classes: the last axis of the output. It has to ask for them. */
export function weighted(loss: Loss, weights: ClassWeights, targets: Tensor): Loss {
  const counts = weights === "balanced" ? countsOf(targets) : undefined;
  return (output, target) => {
    const classes = output.shape.at(-1) ?? 1;
    const values = counts ? balanced(counts, classes) : (weights as readonly number[]);
    if (values.length !== classes) {
      throw new ValueError("fit", `${values.length} class weights for ${classes} classes`, {
        fix: `give ${classes} weights, or "balanced"`,
      });
    }
    let isTaken = false;
    const options = {
      get weight() {
        isTaken = true;
        return output.constantLike(values, { shape: [classes] });
      },
    };
    const value = (loss as WeightedLoss)(output, target, options);
    if (isTaken) return value;
    throw new ValueError("fit", "classWeights is given, but the loss asks for no weight", {
      fix: "use a loss (output, target, { weight }) => ..., such as crossEntropy",
    });
  };
}

/** The share of each class if all classes that occur weigh the same; 0 for the others. */
function balanced(counts: ReadonlyMap<number, number>, classes: number): number[] {
  const rows = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return Array.from({ length: classes }, (_, i) => {
    const count = counts.get(i);
    return count === undefined ? 0 : rows / (counts.size * count);
  });
}

function countsOf(targets: Tensor): ReadonlyMap<number, number> {
  if (targets.dtype !== "int32") {
    throw new ValueError(
      "fit",
      `"balanced" class weights need class numbers, the targets are ${targets.dtype}`,
      {
        fix: "give class numbers, int32, or one weight for each class",
      },
    );
  }
  const counts = new Map<number, number>();
  for (const at of elementsOf(targets) as TypedArray) counts.set(at, (counts.get(at) ?? 0) + 1);
  return counts;
}
