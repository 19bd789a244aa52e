import { comparison } from "../support/binary.js";

export const ne = comparison({
  name: "ne",
  f: (a, b) => a.ne(b),
  reference: (a, b) => +(a < b || a > b),
  answers: [true, true, true, false, true, false],
});
