import type { Tensor } from "../../op.js";
import type { ProjectAttrs } from "../../ops/project.js";
import { between, type Piece } from "../../trace/graph.js";
import { recordAgain } from "../../trace/interpret.js";
import { scanOp } from "../../transform/scan-op.js";
import { withInputs } from "./rebuild.js";

/** The function that a node stands for, if it is a call of one. A loop stays what it is. */
const calleeOf = ({ op, attrs }: Tensor): Piece | undefined =>
  op.tuple && op.name !== scanOp.name ? (attrs as { readonly piece?: Piece }).piece : undefined;

/** Replaces calls by what the functions do. */
export function inlined(piece: Piece): Piece {
  if (!piece.body.some(calleeOf)) return piece;
  const known = new Map<Tensor, Tensor>();
  const meaning = (node: Tensor): Tensor => known.get(node) ?? node;
  const results = new Map<Tensor, readonly Tensor[]>();
  for (const node of piece.body) {
    const inputs = node.inputs.map(meaning);
    const callee = calleeOf(node);
    const picked = node.op.pick && results.get(node.inputs[0]!);
    if (callee) {
      const inner = inlined(callee);
      results.set(node, inner.outputs.map(recordAgain(inner, inputs)));
    } else if (picked) known.set(node, picked[(node.attrs as ProjectAttrs).index]!);
    else known.set(node, withInputs(node, inputs));
  }
  return between(piece.inputs, piece.outputs.map(meaning));
}
