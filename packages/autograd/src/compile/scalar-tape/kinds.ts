import { type DType, isFloat } from "../../dtype.js";
import type { Op, Tensor } from "../../op.js";
import { alias } from "../../ops/alias.js";
import { broadcastTo } from "../../ops/broadcastTo.js";
import { cast } from "../../ops/cast.js";
import { flip } from "../../ops/flip.js";
import { max } from "../../ops/max.js";
import { min } from "../../ops/min.js";
import { prod } from "../../ops/prod.js";
import { reshape } from "../../ops/reshape.js";
import { stopGradient } from "../../ops/stopGradient.js";
import { sum } from "../../ops/sum.js";
import { transpose } from "../../ops/transpose.js";

/** What a value is computed by: one record for all values of the same op and dtypes. */
export interface Kind {
  readonly op: Op;
  readonly inputs: readonly DType[];
  readonly result: DType;
  readonly role: Role;
}

/** What the tape knows of an op besides its function; sums and products are those of floats. */
export type Role = "same" | "sum" | "product" | "quotient" | "other";

/** Ops that give a number as it is, if it keeps its dtype: of rank 0, there is nothing to do. */
const SAME = new Set<Op>(
  [stopGradient, alias, cast, reshape, broadcastTo, transpose, flip, sum, prod, max, min].map(
    (op) => op as Op,
  ),
);

/** Whether a node of rank 0 is its only input, of rank 0 as well. */
export const isSame = ({ op, dtype, a, b }: Tensor): boolean =>
  SAME.has(op) && b === undefined && a!.spec.shape.length === 0 && a!.dtype === dtype;

const ROLES: Readonly<Record<string, Role>> = { add: "sum", mul: "product", div: "quotient" };

const roleOf = (node: Tensor): Role =>
  isSame(node) ? "same" : ((isFloat(node.dtype) ? ROLES[node.op.name] : undefined) ?? "other");

/** Numbers the kinds as they come up. */
export class Kinds {
  readonly list: Kind[] = [];
  readonly #known = new Map<Op, number[]>();

  of(node: Tensor): number {
    const { op, dtype } = node;
    let known = this.#known.get(op);
    if (!known) {
      known = [];
      this.#known.set(op, known);
    }
    for (const at of known) if (fits(this.list[at]!, node)) return at;
    const inputs = node.inputs.map((input) => input.dtype);
    const at = this.list.push({ op, inputs, result: dtype, role: roleOf(node) }) - 1;
    known.push(at);
    return at;
  }
}

function fits({ inputs, result }: Kind, node: Tensor): boolean {
  const { a, b, rest } = node;
  if (result !== node.dtype) return false;
  if (a === undefined) return rest.every((input, i) => input.dtype === inputs[i]);
  return a.dtype === inputs[0] && b?.dtype === inputs[1];
}
