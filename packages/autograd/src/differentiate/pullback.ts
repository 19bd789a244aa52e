import { isFloat } from "../dtype.js";
import { DTypeError, GradientError } from "../errors.js";
import { isOfDerivative, siteOf } from "../marks.js";
import type { Tensor, VjpContext } from "../op.js";
import type { ProjectAttrs } from "../ops/project.js";
import { withinRule } from "../recording.js";
import { withinScope } from "../scope.js";
import { showShape } from "../shape.js";
import { watcher } from "../watch.js";
import { inputsAt, type Topology, topology } from "./topology.js";

/** A backward pass: the nodes in order, and the cotangent of each one that a gradient reached. */
export interface Pullback extends Topology {
  /** 1 for the nodes through which a gradient has to pass. */
  readonly needed: Uint8Array;
  /** The cotangent of the node at a place; none where no gradient arrived. */
  cotangentAt(at: number): Tensor | undefined;
}

/**
 * Carries the cotangents of `roots` backwards to every node that `wanted` asks for. A node is
 * visited after all its users; its contributions are added in the order in which they arrive. Rules
 * run in the scope of the operation they differentiate, and only for slots that lead to a wanted
 * node.
 */
export function pullback(
  roots: readonly Tensor[],
  seeds: readonly Tensor[],
  wanted: (node: Tensor) => boolean,
): Pullback {
  const order = topology(roots);
  const { nodes, edges, starts } = order;
  const needed = markNeeded(order, wanted);
  const cotangents = new Array<Tensor | undefined>(nodes.length);
  const results: Collected = new Map();
  const add = (at: number, g: Tensor) => {
    if (needed[at]) cotangents[at] = cotangents[at]?.add(g) ?? g;
  };
  for (const [i, place] of placesOf(order, roots).entries()) add(place, seeds[i]!);
  for (let at = nodes.length - 1; at >= 0; at--) {
    const node = nodes[at]!;
    const first = starts[at]!;
    const all = results.get(at);
    if (all) {
      const places = inputsAt(order, at);
      const asked = Array.from(places, (place) => needed[place] === 1);
      for (const [slot, contribution] of contributionsOf(node, all, asked).entries()) {
        if (!contribution || !asked[slot]) continue;
        watcher()?.contributed(node, slot, all, contribution);
        add(places[slot]!, contribution);
      }
      continue;
    }
    const g = cotangents[at];
    if (g === undefined) continue;
    if (node.op.pick) {
      collect(results, order, at, node, g);
      continue;
    }
    for (let edge = first; edge < starts[at + 1]!; edge++) {
      const place = edges[edge]!;
      if (!needed[place] || !flows(node, edge - first)) continue;
      const contribution = contributionOf(node, edge - first, g);
      watcher()?.contributed(node, edge - first, [g], contribution);
      add(place, contribution);
    }
  }
  return { ...order, needed, cotangentAt: (at) => cotangents[at] };
}

/** Where the roots stand in the order: the only one stands last. */
function placesOf({ nodes }: Topology, roots: readonly Tensor[]): number[] {
  if (roots.length === 1) return [nodes.length - 1];
  const places = new Map<Tensor, number>(roots.map((root) => [root, -1]));
  for (const [at, node] of nodes.entries()) if (places.has(node)) places.set(node, at);
  return roots.map((root) => places.get(root)!);
}

/** The cotangents of the results of nodes that have several, by the node's place. */
export type Collected = Map<number, (Tensor | undefined)[]>;

/** Puts the cotangent of a node that picks a result among those of its fellows. */
export function collect(
  results: Collected,
  { edges, starts }: Topology,
  at: number,
  pick: Tensor,
  g: Tensor,
): void {
  const place = edges[starts[at]!]!;
  const { index } = pick.attrs as ProjectAttrs;
  const all = results.get(place) ?? [];
  all[index] = all[index]?.add(g) ?? g;
  results.set(place, all);
}

/** Which nodes lie between a root and a wanted node, on a path that carries gradients. */
export function markNeeded(order: Topology, wanted: (node: Tensor) => boolean): Uint8Array {
  const { nodes, edges, starts } = order;
  const needed = new Uint8Array(nodes.length);
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    if (!isFloat(node.dtype)) continue;
    const first = starts[at]!;
    for (let edge = first; edge < starts[at + 1]!; edge++) {
      if (needed[edges[edge]!] && flows(node, edge - first)) {
        needed[at] = 1;
        break;
      }
    }
    if (needed[at] === 0 && wanted(node)) needed[at] = 1;
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
  if (!rule) throw noDerivative(node);
  return runRule(node, () => rule(context as never, slot));
}

/** What a node of several results adds to its inputs, from the cotangents of those reached. */
export function contributionsOf(
  node: Tensor,
  g: readonly (Tensor | undefined)[],
  needed: readonly boolean[],
): readonly (Tensor | undefined)[] {
  const { attrs, inputs: x } = node;
  const { vjp } = node.op.tuple!;
  return runRule(node, () => vjp({ g, x, y: node.results(), attrs, needed }));
}

/** Runs a rule in the scope of its node. */
function runRule<T>(node: Tensor, rule: () => T): T {
  const watching = watcher();
  const body = watching ? () => watching.differentiating(node, rule) : rule;
  return withinScope(node.scope, () => withinRule(body));
}

function noDerivative(node: Tensor): GradientError {
  const { op, scope } = node;
  const order = isOfDerivative(node)
    ? "of order 2 or higher, as part of another derivative"
    : "of order 1";
  const problem = `the operation has no derivative, and one ${order} is asked for`;
  return new GradientError(op.name, problem, {
    shapes: node.inputs.map(({ shape }) => shape),
    site: siteOf(node),
    modulePath: scope.path,
    fix: `stop the gradient before it with stopGradient(), or define its vjp${hintOfSite(node)}`,
  });
}

/** How to learn where a node was recorded, if nobody kept that. */
export const hintOfSite = (node: Tensor): string =>
  siteOf(node) === undefined ? "; run again under detectAnomaly to see its line" : "";

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
