import { inputsAt, topology } from "../differentiate/topology.js";
import type { Operand } from "../methods/operand.js";
import type { Tensor } from "../op.js";
import type { ProjectAttrs } from "../ops/project.js";
import { showResult } from "./describe.js";

/**
 * The graph under a node as text, one node a line, inputs before their users. Ids follow from the
 * graph alone, so the same program prints the same text.
 */
export function printGraph(root: Operand | readonly Operand[]): string {
  const roots = Array.isArray(root) ? root : [root];
  const order = topology(roots.map((node) => node.asTensor()));
  const rows = order.nodes.map((node, at) => {
    const operands =
      Array.from(inputsAt(order, at), (place) => `n${place}`).join(", ") + pick(node);
    const call = node.inputs.length > 0 ? `${node.op.name}(${operands})` : node.op.name;
    const label = node.label === undefined ? "" : ` ${JSON.stringify(node.label)}`;
    const scope = node.scope.path ? `  in ${node.scope.path}` : "";
    return [`n${at}`, call + label, showResult(node) + scope];
  });
  const width = (column: number) =>
    rows.reduce((widest, row) => Math.max(widest, row[column]!.length), 0);
  const [first, second] = [width(0), width(1)];
  return rows
    .map(([id, call, rest]) => `${id!.padEnd(first)}  ${call!.padEnd(second)}  ${rest}`)
    .join("\n");
}

/** Which of the results a node takes, if it takes one of several. */
const pick = ({ op, attrs }: Tensor): string =>
  op.pick ? `, ${(attrs as ProjectAttrs).index}` : "";
