import { comparison } from "../families/question.js";

/** Whether a is less than b; false if either is NaN. */
export const lt = comparison({ name: "lt", sign: "<", scalar: (a, b) => +(a < b) });
