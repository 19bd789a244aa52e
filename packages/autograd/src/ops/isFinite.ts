import { predicate } from "../families/question.js";

/** Whether a number is neither infinite nor NaN. */
export const isFinite = predicate({
  name: "isFinite",
  forward: "y = [x is finite]",
  scalar: (x) => +Number.isFinite(x),
});
