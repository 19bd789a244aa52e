import { comparison } from "../support/binary.js";

export const le = comparison({
  name: "le",
  f: (a, b) => a.le(b),
  reference: (a, b) => +!(a - b > 0),
  answers: [false, false, false, true, true, true],
});
