import { detectAnomaly, scope, tensor, variable, zeros } from "../../src/index.js";
import { expectErrors } from "../support/catalogue.js";
import { int32 } from "../support/values.js";

// What PyTorch leaves out of its messages (measured with 2.13).

expectErrors("where PyTorch is silent", [
  {
    does: "adds shapes that do not fit: the op, both whole shapes, the line",
    run: () => zeros([4, 2, 3]).add(zeros([4, 3])),
    name: "ShapeError",
    op: "add",
    says: ["[4, 2, 3] and [4, 3]", "axis 1 is 2 against 4"],
    fix: "the second operand must be",
  },
  {
    does: "multiplies wrong shapes inside a layer: the module's path",
    run: () => scope("model", () => scope("1", () => zeros([2, 3]).matmul(zeros([4, 5])))),
    name: "ShapeError",
    op: "matmul",
    says: ["[2, 3] and [4, 5]", "in module model.1"],
    fix: "inner sides",
    fields: { modulePath: "model.1" },
  },
  {
    does: "looks up a token beyond the vocabulary: the value, the bound, the position",
    run: () => zeros([5, 2]).indexSelect(int32([1, 9]), 0),
    name: "IndexError",
    op: "indexSelect",
    says: ["index 9", "outside 0 to 4"],
    fix: "less than 5",
  },
  {
    does: "reshapes wrongly: the op and the input's shape",
    run: () => zeros([2, 3]).reshape([2, 2]),
    name: "ShapeError",
    op: "reshape",
    says: ["shape [2, 3] does not become [2, 2]", "6 elements into 4"],
    fix: "number of elements",
  },
  {
    does: "writes rows of unequal length: which row",
    run: () => tensor([[1, 2], [3, 4], [5]]),
    name: "ShapeError",
    op: "tensor",
    says: ["row [2] has length 1, not 2"],
    fix: "equally long",
  },
  {
    does: "meets an infinite slope: the user's name for the op, its line, the range",
    run: () => detectAnomaly(() => variable([0, 9]).sqrt().sum().backward()),
    name: "AnomalyError",
    op: "sqrt",
    says: ["infinite in 1 of 2 elements", "input 0 from 0 to 9"],
    fix: "keep away from that point",
  },
]);
