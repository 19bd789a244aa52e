import { type Operand, type Tensor, type TensorLike, ValueError } from "@neurite/autograd";
import { confusions } from "./confusion-matrix.js";
import { type DecisionOptions, decide } from "./decisions.js";

export interface AverageOptions extends DecisionOptions {
  /**
   * "binary" is the rate of class 1 of two, and the default where targets are 0 or 1. "macro", else
   * the default, is the mean over the classes that occur; "weighted" weights it by their rows;
   * "micro" takes all classes together.
   */
  readonly average?: "binary" | "macro" | "micro" | "weighted";
}

/** Of each class, how many rows are decided for it, how many really are it, and how many both. */
export interface Counts {
  readonly decided: Tensor;
  readonly actual: Tensor;
  readonly both: Tensor;
}

/** A rate of each class, which is 0 of 0 if it has no rows to be measured on. */
export type Rate = (counts: Counts) => readonly [part: Tensor, whole: Tensor];

/** The average of a rate over the classes, as float64. */
export function averaged(
  op: string,
  scores: Operand,
  target: TensorLike,
  { average, ...options }: AverageOptions,
  rate: Rate,
): Tensor {
  const decisions = decide(op, scores, target, options);
  const { classes, isBinary } = decisions;
  const matrix = confusions(decisions).cast("float64");
  const counts = { decided: matrix.sum(0), actual: matrix.sum(1), both: matrix.diag() };
  const ofEach = () => ratio(...rate(counts));
  switch (average ?? (isBinary ? "binary" : "macro")) {
    case "binary":
      if (classes !== 2) throw notBinary(op, classes);
      return ofEach().slice(1);
    case "macro": {
      const occurs = counts.decided.add(counts.actual).gt(0).cast("float64");
      return ofEach().mul(occurs).sum().div(occurs.sum());
    }
    case "weighted":
      return ofEach().mul(counts.actual).sum().div(counts.actual.sum());
    case "micro": {
      const [part, whole] = rate(counts);
      return ratio(part.sum(), whole.sum());
    }
    default:
      throw new ValueError(op, `the average is "${average}"`, {
        fix: 'use "binary", "macro", "micro" or "weighted"',
      });
  }
}

/** 0 where there is nothing to divide by. */
function ratio(part: Tensor, whole: Tensor): Tensor {
  const isNone = whole.eq(0);
  return isNone.where(0, part.div(isNone.where(1, whole)));
}

const notBinary = (op: string, classes: number): ValueError =>
  new ValueError(op, `the average is "binary", and there are ${classes} classes`, {
    fix: 'use "macro", "micro" or "weighted"',
  });
