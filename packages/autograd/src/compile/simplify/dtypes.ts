import type { ReduceAttrs } from "../../families/reduction.js";
import type { Op, Tensor } from "../../op.js";
import { contract } from "../../ops/contract.js";
import { max } from "../../ops/max.js";
import { min } from "../../ops/min.js";
import { apply } from "../../tensor.js";
import { between, type Piece } from "../../trace/graph.js";
import { withInputs } from "./rebuild.js";

/**
 * Ops on a dtype that is worked on as another one: bools have a largest as the integers 0 and 1,
 * and eager execution adds products of integers in float64.
 */
const detours = new Map<Op, (node: Tensor, inputs: readonly Tensor[]) => Tensor | null>([
  [max, ({ op, dtype, attrs }, [x]) => (dtype === "bool" ? extreme(op, x!, attrs) : null)],
  [min, ({ op, dtype, attrs }, [x]) => (dtype === "bool" ? extreme(op, x!, attrs) : null)],
  [contract, ({ dtype, attrs }, x) => (dtype === "int32" ? product(x, attrs) : null)],
]);

const extreme = (op: Op, x: Tensor, attrs: unknown): Tensor =>
  apply(op, [x.cast("int32")], attrs as ReduceAttrs).cast("bool");

const product = (x: readonly Tensor[], attrs: unknown): Tensor =>
  apply(
    contract as Op,
    x.map((input) => input.cast("float64")),
    attrs,
  ).cast("int32");

/** The same with ops that kernels exist for. */
export function detoured(piece: Piece): Piece {
  if (!piece.body.some((node) => detours.get(node.op)?.(node, node.inputs))) return piece;
  const known = new Map<Tensor, Tensor>();
  const meaning = (node: Tensor): Tensor => known.get(node) ?? node;
  for (const node of piece.body) {
    const inputs = node.inputs.map(meaning);
    known.set(node, detours.get(node.op)?.(node, inputs) ?? withInputs(node, inputs));
  }
  return between(piece.inputs, piece.outputs.map(meaning));
}
