import { comparison } from "../support/binary.js";

export const ge = comparison({
  name: "ge",
  f: (a, b) => a.ge(b),
  reference: (a, b) => +!(b - a > 0),
  answers: [false, false, false, true, false, true],
});
