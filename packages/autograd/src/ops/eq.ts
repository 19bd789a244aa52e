import { comparison } from "../families/question.js";

/** Whether a is equal to b; false if either is NaN. */
export const eq = comparison({ name: "eq", sign: "=", scalar: (a, b) => +(a === b) });
