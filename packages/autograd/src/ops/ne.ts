import { comparison } from "../families/question.js";

/** Whether a is different from b; true if either is NaN. */
export const ne = comparison({ name: "ne", sign: "≠", scalar: (a, b) => +(a !== b) });
