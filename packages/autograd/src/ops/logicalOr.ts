import { logical } from "../families/question.js";

/** Whether at least one of two conditions holds. */
export const logicalOr = logical({ name: "logicalOr", sign: "or", scalar: (a, b) => a | b });
