import { inputsAt, topology } from "../differentiate/topology.js";
import type { Operand } from "../methods/operand.js";
import { showShape } from "../shape.js";
import { showValue } from "./describe.js";

/**
 * The graph under a node as text, one node a line, inputs before their users. Ids follow from the
 * graph alone, so the same program prints the same text.
 */
export function printGraph(root: Operand | readonly Operand[]): string {
  const roots = Array.isArray(root) ? root : [root];
  const order = topology(roots.map((node) => node.asTensor()));
  const rows = order.nodes.map((node, at) => {
    const operands = Array.from(inputsAt(order, at), (place) => `n${place}`).join(", ");
    const call = node.inputs.length > 0 ? `${node.op.name}(${operands})` : node.op.name;
    const label = node.label === undefined ? "" : ` ${JSON.stringify(node.label)}`;
    const scope = node.scope.path ? `  in ${node.scope.path}` : "";
    return [
      `n${at}`,
      call + label,
      `${node.dtype} ${showShape(node.shape)}${showValue(node)}${scope}`,
    ];
  });
  const width = (column: number) => Math.max(...rows.map((row) => row[column]!.length));
  const [first, second] = [width(0), width(1)];
  return rows
    .map(([id, call, rest]) => `${id!.padEnd(first)}  ${call!.padEnd(second)}  ${rest}`)
    .join("\n");
}
