import { logical } from "../families/question.js";

/** Whether exactly one of two conditions holds. */
export const logicalXor = logical({ name: "logicalXor", sign: "xor", scalar: (a, b) => a ^ b });
