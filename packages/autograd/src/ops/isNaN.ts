import { predicate } from "../families/question.js";

/** Whether a number is NaN. */
export const isNaN = predicate({
  name: "isNaN",
  forward: "y = [x is NaN]",
  scalar: (x) => +Number.isNaN(x),
});
