import type { TypedArray } from "../dtype.js";
import { TraceError, ValueError } from "../errors.js";
import { asArray } from "../execute.js";
import { type Nested, toNested, type Value } from "../ndarray.js";
import type { Tensor } from "../op.js";
import { showShape } from "../shape.js";
import { effects } from "../trace/effects.js";

// Reading a value out of the graph: where eager code meets numbers, and where a trace ends.

export function readItem(node: Tensor): number {
  if (node.size !== 1) {
    const problem = `a tensor of shape ${showShape(node.shape)} is not one number`;
    throw new ValueError("item", problem, {
      shapes: [node.shape],
      fix: "use toArray(), or reduce it first, as with sum() or mean()",
    });
  }
  const value = readable(node, "item");
  if (typeof value === "number") return value;
  const array = asArray(value, node);
  return array.data[array.offset]!;
}

export const readNested = (node: Tensor): Nested =>
  toNested(asArray(readable(node, "toArray"), node));

export const readElements = (node: Tensor): TypedArray =>
  asArray(readable(node, "toTypedArray"), node).toTypedArray();

function readable(node: Tensor, method: string): Value {
  if (node.value !== undefined) return node.value;
  if (!effects()) {
    throw new TraceError(
      method,
      "a function that was traced left this tensor behind, without a value",
      {
        fix: "return it from the traced function, and read what comes back",
      },
    );
  }
  throw new TraceError(method, "a value was read while its graph is being traced", {
    fix: "return the tensor and read it outside; for a branch on its value use where",
  });
}
