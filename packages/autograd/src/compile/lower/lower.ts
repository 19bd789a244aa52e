import type { Tensor } from "../../op.js";
import { dense } from "../layout.js";
import { lowerArgmax, lowerArgmin } from "./extremes.js";
import { lowerFold } from "./fold.js";
import { guard } from "./guard.js";
import { lowerHost } from "./host.js";
import { lowerGather, lowerScatterAdd } from "./indexing.js";
import { lowerConcat, lowerPad } from "./parts.js";
import { lowerProduct } from "./product.js";
import { lowerRecurrence } from "./recurrence.js";
import { lowerScan } from "./scan.js";
import { lowerArgsort, lowerPermutation } from "./sorting.js";
import { isLoop, type Lowering, loweringOf, type lowerings } from "./table.js";
import type { Target } from "./target.js";
import { lowerWindows } from "./windows.js";

type Lower = (node: Tensor, target: Target) => void;

type Table = typeof lowerings;
type Named<L extends Lowering> = {
  [name in keyof Table]: Table[name] extends L ? name : never;
}[keyof Table];

/** The tasks of each op that has some of its own. */
const byName: Readonly<Record<Named<"tasks" | "fold">, Lower>> = {
  argmax: lowerArgmax,
  argmin: lowerArgmin,
  argsort: lowerArgsort,
  concat: lowerConcat,
  contract: lowerProduct,
  fold: lowerWindows,
  gather: lowerGather,
  linearRecurrence: lowerRecurrence,
  max: lowerFold,
  min: lowerFold,
  pad: lowerPad,
  prod: lowerFold,
  randomPermutation: lowerPermutation,
  scatterAdd: lowerScatterAdd,
  sum: lowerFold,
};

/** Adds the tasks of a node that is not fused with others. */
export function lower(node: Tensor, target: Target): void {
  if (node.op.pick) return;
  tasksOf(node)(node, target);
}

function tasksOf(node: Tensor): Lower {
  if (isLoop(node)) return lowerScan;
  const kind = loweringOf(node);
  if (kind === "view") return copyIn;
  if (kind === "positional") return guard; // of a result without elements
  return typeof kind === "string" ? byName[node.op.name as keyof typeof byName] : lowerHost;
}

/** The elements in another order than strides can say. */
function copyIn(node: Tensor, target: Target): void {
  const { buffer, layout } = target.operand(node.inputs[0]!);
  target.copy({ buffer, layout }, target.bufferOf(node), dense(layout.shape));
}
