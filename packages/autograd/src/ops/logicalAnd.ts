import { logical } from "../families/question.js";

/** Whether both conditions hold. */
export const logicalAnd = logical({ name: "logicalAnd", sign: "and", scalar: (a, b) => a & b });
