import { logical } from "../support/binary.js";

export const logicalXor = logical({
  name: "logicalXor",
  f: (a, b) => a.logicalXor(b),
  reference: (a, b) => Math.abs(a - b),
});
