import { expectErrors } from "../support/catalogue.js";
import { float64, int32 } from "../support/values.js";

const rows = float64([[1, 2, 3]]);

expectErrors("indices", [
  {
    does: "picks beyond the end",
    run: () => rows.gather(int32([[0, 3]]), 1),
    name: "IndexError",
    op: "gather",
    says: ["index 3 at position 1", "outside 0 to 2"],
    fix: "less than 3",
  },
  {
    does: "picks a row beyond the end: the position is that in the vector",
    run: () =>
      float64([
        [1, 2, 3],
        [4, 5, 6],
      ]).indexSelect(int32([1, 0, 2]), 0),
    name: "IndexError",
    op: "indexSelect",
    says: ["index 2 at position 2", "outside 0 to 1"],
    fix: "less than 2",
  },
  {
    does: "picks before the start",
    run: () => rows.gather(int32([[-1]]), 1),
    name: "IndexError",
    op: "gather",
    says: ["index -1 at position 0", "outside 0 to 2"],
    fix: "at least 0",
  },
  {
    does: "adds beyond the end",
    run: () => float64([0, 0]).scatterAdd(int32([0, 2]), float64([1, 1]), 0),
    name: "IndexError",
    op: "scatterAdd",
    says: ["index 2 at position 1", "outside 0 to 1"],
    fix: "less than 2",
  },
  {
    does: "encodes a class that there is not",
    run: () => int32([0, 7]).oneHot(5),
    name: "IndexError",
    op: "oneHot",
    says: ["index 7 at position 1", "outside 0 to 4"],
    fix: "less than 5",
  },
  {
    does: "gives fractions as an index",
    run: () => rows.gather(float64([[1]]), 1),
    name: "DTypeError",
    op: "gather",
    says: ["the index is float64, expected int32"],
    fix: '.cast("int32")',
  },
]);
