import { isFloat } from "../dtype.js";
import { DTypeError, GradientError } from "../errors.js";
import type { Tensor, VjpContext } from "../op.js";
import { withinScope } from "../scope.js";
import { showShape } from "../shape.js";
import { type Topology, topology } from "./topology.js";

/** A backward pass: the nodes in order, and the cotangent of each one that a gradient reached. */
export interface Pullback extends Topology {
  readonly cotangents: readonly (Tensor | undefined)[];
  /** 1 for the nodes through which a gradient has to pass. */
  readonly needed: Uint8Array;
}

/**
 * Carries the cotangent of `root` backwards to every node that `wanted` asks for. A node is visited
 * after all its users; its contributions are added in the order in which they arrive. Rules run in
 * the scope of the operation they differentiate, and only for slots that lead to a wanted node.
 */
export function pullback(
  root: Tensor,
  cotangent: Tensor,
  wanted: (node: Tensor) => boolean,
): Pullback {
  const order = topology([root]);
  const { nodes, inputs } = order;
  const needed = markNeeded(order, wanted);
  const cotangents = new Array<Tensor | undefined>(nodes.length);
  const last = nodes.length - 1;
  if (needed[last]) cotangents[last] = cotangent;
  for (let at = last; at >= 0; at--) {
    const g = cotangents[at];
    if (g === undefined) continue;
    const places = inputs[at]!;
    for (let slot = 0; slot < places.length; slot++) {
      const place = places[slot]!;
      if (!needed[place] || !flows(nodes[at]!, slot)) continue;
      const contribution = contributionOf(nodes[at]!, slot, g);
      const before = cotangents[place];
      cotangents[place] = before ? before.add(contribution) : contribution;
    }
  }
  return { ...order, cotangents, needed };
}

function markNeeded({ nodes, inputs }: Topology, wanted: (node: Tensor) => boolean): Uint8Array {
  const needed = new Uint8Array(nodes.length);
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    if (!isFloat(node.dtype)) continue;
    const through = inputs[at]!.some((place, slot) => needed[place] && flows(node, slot));
    if (through || wanted(node)) needed[at] = 1;
  }
  return needed;
}

/** Whether a gradient can pass from a node to its input at `slot`. */
export function flows(node: Tensor, slot: number): boolean {
  const { vjp } = node.op;
  return (typeof vjp === "function" || vjp?.[slot] !== null) && !node.isDetached;
}

/** What a node with the cotangent `g` adds to the cotangent of its input at `slot`. */
export function contributionOf(node: Tensor, slot: number, g: Tensor): Tensor {
  const { vjp } = node.op;
  const context: VjpContext = { g, x: node.inputs, y: node, attrs: node.attrs };
  const rule = typeof vjp === "function" ? vjp : vjp?.[slot];
  if (!rule) {
    throw new GradientError(node.op.name, "the operation has no derivative", {
      fix: "stop the gradient before it with stopGradient(), or define its vjp",
    });
  }
  return withinScope(node.scope, () => rule(context as never, slot));
}

/** Refuses to differentiate anything but one floating-point number. */
export function requireScalar(op: string, loss: Tensor): void {
  if (!isFloat(loss.dtype)) {
    throw new DTypeError(op, `the result is ${loss.dtype}, which carries no gradient`, {
      fix: 'differentiate a float32 or float64 value; .cast("float32") if it counts something',
    });
  }
  if (loss.rank === 0) return;
  const problem = `the gradient of a tensor of shape ${showShape(loss.shape)}: only of a scalar`;
  throw new GradientError(op, problem, {
    shapes: [loss.shape],
    fix: "reduce it, as with sum() or mean(), or give a cotangent to vjp",
  });
}
