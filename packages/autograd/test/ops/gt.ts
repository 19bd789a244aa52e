import { comparison } from "../support/binary.js";

export const gt = comparison({
  name: "gt",
  f: (a, b) => a.gt(b),
  reference: (a, b) => +(a - b > 0),
  answers: [false, false, false, false, false, false],
});
