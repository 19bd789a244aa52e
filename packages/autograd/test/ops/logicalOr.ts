import { logical } from "../support/binary.js";

export const logicalOr = logical({
  name: "logicalOr",
  f: (a, b) => a.logicalOr(b),
  reference: (a, b) => Math.max(a, b),
});
