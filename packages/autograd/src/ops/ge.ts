import { comparison } from "../families/question.js";

/** Whether a is at least b; false if either is NaN. */
export const ge = comparison({ name: "ge", sign: "≥", scalar: (a, b) => +(a >= b) });
