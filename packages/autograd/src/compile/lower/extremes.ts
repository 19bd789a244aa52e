import { isFloat } from "../../dtype.js";
import type { Tensor } from "../../op.js";
import type { FoldKind, Stage } from "../fuse/nest.js";
import { Expression } from "../lanes/expression.js";
import { PLACES, RESULT, ROW, rowNest } from "./rows.js";
import type { Target } from "./target.js";

const LAST = 2 ** 31 - 1;

/** The first place of the best element: one walk to find what is best, another to find it. */
export const lowerArgmax = (node: Tensor, target: Target): void =>
  lowerIndexOfBest(node, "max", target);

export const lowerArgmin = (node: Tensor, target: Target): void =>
  lowerIndexOfBest(node, "min", target);

function lowerIndexOfBest(node: Tensor, kind: "max" | "min", target: Target): void {
  const { axis } = node.attrs as { readonly axis: number };
  const x = Expression.input(node.inputs[0]!.dtype, 0);
  const place = Expression.input("int32", 1);
  const number = x.dtype === "bool" ? x.convert("int32") : x;
  const isNumber = number.eq(number);
  // NaN counts as largest. As a maximum it is equal to nothing, and as a minimum it is never found.
  const isSpecial = kind === "min" && isFloat(x.dtype);
  const value = isSpecial ? isNumber.where(number, Number.POSITIVE_INFINITY) : number;
  const best = Expression.input(value.dtype, 2);
  const first = Expression.input("int32", 3);
  const isBest = number.eq(best);
  const found = (kind === "max" ? isBest.or(isNumber.not()) : isBest).where(place, LAST);
  // Nothing is found in a row of NaN alone: the first of those is as good as any.
  const result = first.eq(LAST).where(0, first);
  const search = stage(kind, value, best, { loads: [{ access: ROW, input: x }] });
  const find = stage("min", found, first, {
    loads: [...search.loads, { access: PLACES, input: place }],
    rowStores: [{ access: RESULT, value: result }],
  });
  const { size } = node.inputs[0]!;
  target.nest(rowNest(node, [axis], [search, find], target), node.op.name, 2 * size);
}

const stage = (
  kind: FoldKind,
  of: Expression,
  result: Expression,
  more: Partial<Stage>,
): Stage => ({
  loads: [],
  folds: [{ kind, dtype: result.dtype, of, result }],
  stores: [],
  rowStores: [],
  ...more,
});
