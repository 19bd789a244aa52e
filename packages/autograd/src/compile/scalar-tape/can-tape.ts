import type { Op, Tensor } from "../../op.js";
import * as ops from "../../ops/index.js";
import type { Piece } from "../../trace/graph.js";
import { elementwise } from "../lower/elementwise.js";
import { isSame } from "./kinds.js";

/** Whether all nodes of a piece are numbers, computed from numbers by ops that lanes know. */
export function canTape({ inputs, body, outputs, free }: Piece): boolean {
  const known = new Map<Op, boolean>();
  const isLanes = ({ op }: Tensor): boolean => {
    let answer = known.get(op);
    if (answer === undefined) {
      answer = (ops as Readonly<Record<string, Op>>)[op.name] === op && op.name in elementwise;
      known.set(op, answer);
    }
    return answer;
  };
  const isNumber = ({ spec }: Tensor) => spec.shape.length === 0;
  return (
    [inputs, outputs].every((nodes) => nodes.every(isNumber)) &&
    free.every(({ value }) => typeof value === "number") &&
    body.every((node) => isNumber(node) && (isLanes(node) || isSame(node)))
  );
}
