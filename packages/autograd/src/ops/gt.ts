import { comparison } from "../families/question.js";

/** Whether a is greater than b; false if either is NaN. */
export const gt = comparison({ name: "gt", sign: ">", scalar: (a, b) => +(a > b) });
