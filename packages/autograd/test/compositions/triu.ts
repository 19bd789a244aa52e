import { triangle } from "../support/triangle.js";

export const triu = triangle(
  "triu",
  (x, k) => x.triu(k),
  (row, column, k) => column >= row + k,
);
