import { comparison } from "../support/binary.js";

export const lt = comparison({
  name: "lt",
  f: (a, b) => a.lt(b),
  reference: (a, b) => +(b - a > 0),
  answers: [false, false, false, false, true, false],
});
