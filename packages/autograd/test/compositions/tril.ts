import { triangle } from "../support/triangle.js";

export const tril = triangle(
  "tril",
  (x, k) => x.tril(k),
  (row, column, k) => column <= row + k,
);
