import type { Tensor } from "../../op.js";
import type { Target } from "./target.js";
import { dense } from "../layout.js";
import { lowerFold } from "./fold.js";
import { lowerHost } from "./host.js";
import { lowerConcat, lowerPad } from "./parts.js";
import { lowerProduct } from "./product.js";
import { lowerScan } from "./scan.js";
import { isLoop } from "./table.js";

/** Adds the tasks of a node that is not fused with others. */
export function lower(node: Tensor, target: Target): void {
  if (isLoop(node)) return lowerScan(node, target);
  if (node.op.pick) return;
  switch (node.op.name) {
    case "contract":
      return lowerProduct(node, target);
    case "concat":
      return lowerConcat(node, target);
    case "pad":
      return lowerPad(node, target);
    case "reshape": {
      const { buffer, layout } = target.operand(node.inputs[0]!);
      target.copy({ buffer, layout }, target.bufferOf(node), dense(layout.shape));
      return;
    }
    case "sum":
    case "max":
    case "min":
    case "prod":
      return lowerFold(node, target);
    default:
      return lowerHost(node, target);
  }
}
