import { lanewise } from "../families/lanes.js";
import type { BatchedResult, Op, Tensor } from "../op.js";
import * as ops from "../ops/index.js";
import { record } from "../tensor.js";

/** The same elements with an axis in another place; to move it back gives the tensor it was. */
export function movedAxis(x: Tensor, from: number, to: number): Tensor {
  const others = x.shape.map((_, axis) => axis).filter((axis) => axis !== from);
  const order = others.toSpliced(to, 0, from);
  const [before] = x.inputs;
  if (x.op === ops.broadcastTo && before!.rank === x.rank) {
    // What is repeated is moved before: its gradient is then summed where it lies.
    return before!.transpose(order).broadcastTo(order.map((axis) => x.shape[axis]!));
  }
  if (x.op !== ops.transpose || !before) return x.transpose(order);
  const { order: first } = x.attrs as { readonly order: readonly number[] };
  return order.every((axis, i) => first[axis] === i) ? before : x.transpose(order);
}

/**
 * An elementwise op on lanes that were moved to the front from some other axis: it works where they
 * were, and its result is moved instead. So products of matrices keep the order that they came in,
 * and a function that begins and ends with lanes elsewhere has no transposes between.
 */
export function elementwiseInPlace(
  op: Op,
  inputs: readonly BatchedResult[],
  attrs: unknown,
): Tensor | undefined {
  if (!ELEMENTWISE.has(op.family) || op.batch !== lanewise) return undefined;
  const places = inputs.map(({ tensor, batched }) => (batched ? cameFrom(tensor) : 0));
  const place = places.find((axis) => axis > 0);
  if (place === undefined) return undefined;
  const lanes = inputs.find(({ batched }) => batched)!.tensor.shape[0]!;
  const own = inputs.map(({ tensor, batched }) => {
    if (batched) return movedAxis(tensor, 0, place);
    const spread = tensor.unsqueeze(place);
    return spread.broadcastTo(spread.shape.with(place, lanes));
  });
  return movedAxis(record(op, own, attrs), place, 0);
}

const ELEMENTWISE: ReadonlySet<string> = new Set(["unary", "binary", "comparison", "selection"]);

/** The axis that was moved to the front, 0 if none was. */
function cameFrom({ op, attrs }: Tensor): number {
  if (op !== ops.transpose) return 0;
  const [first, ...others] = (attrs as { readonly order: readonly number[] }).order;
  return others.every((axis, i) => axis === (i < first! ? i : i + 1)) ? first! : 0;
}
