import type { Tensor } from "../../op.js";
import type { Target } from "./target.js";

/** A call of the op's own kernel, in JavaScript. */
export function lowerHost(node: Tensor, target: Target): void {
  const { op, attrs } = node;
  const inputs = node.inputs.map((input) => target.operand(input));
  target.tasks.push({
    kind: "host",
    title: op.name,
    op,
    attrs,
    inputs,
    reads: inputs.map(({ buffer }) => buffer),
    writes: [target.bufferOf(node)],
    flops: 0,
  });
}
