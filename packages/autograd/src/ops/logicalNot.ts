import { truth } from "../families/dtypes.js";
import { predicate } from "../families/question.js";
import type { Op } from "../op.js";

/** Whether a condition does not hold. */
export const logicalNot: Op = {
  ...predicate({ name: "logicalNot", forward: "y = [not x]", scalar: (x) => +!x }),
  dtype: ([x]) => truth("logicalNot", x!),
};
