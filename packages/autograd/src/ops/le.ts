import { comparison } from "../families/question.js";

/** Whether a is at most b; false if either is NaN. */
export const le = comparison({ name: "le", sign: "≤", scalar: (a, b) => +(a <= b) });
