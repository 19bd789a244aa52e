import { logical } from "../support/binary.js";

export const logicalAnd = logical({
  name: "logicalAnd",
  f: (a, b) => a.logicalAnd(b),
  reference: (a, b) => Math.min(a, b),
});
