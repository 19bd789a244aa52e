import type { Operand, Tensor, TensorLike } from "@neurite/autograd";
import { type AverageOptions, averaged } from "./averages.js";

/**
 * Of the rows put into a class, the share that belong there; 0 if none is put there. Scores and
 * targets are as for `accuracy`.
 */
export const precision = (
  scores: Operand,
  target: TensorLike,
  options: AverageOptions = {},
): Tensor =>
  averaged("precision", scores, target, options, ({ both, decided }) => [both, decided]).as(
    "precision",
  );
