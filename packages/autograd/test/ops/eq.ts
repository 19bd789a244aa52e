import { comparison } from "../support/binary.js";

export const eq = comparison({
  name: "eq",
  f: (a, b) => a.eq(b),
  reference: (a, b) => +!(a < b || a > b),
  answers: [false, false, false, true, false, true],
});
