import { isFloat } from "../dtype.js";
import { GradientError } from "../errors.js";
import { type BackpropStep, stepsOf } from "../inspect/steps.js";
import { siteOf } from "../marks.js";
import type { Recorder } from "../methods/recorder.js";
import type { Tensor } from "../op.js";
import { noGrad } from "../recording.js";
import { showShape } from "../shape.js";
import { numericPullback } from "./numeric.js";
import { flows, hintOfSite, type Pullback, pullback, requireScalar } from "./pullback.js";
import { inputsAt } from "./topology.js";

/** What a backward pass found: the gradient of the loss by any node of its graph. */
export class BackwardRecord {
  readonly #extra = new Map<Tensor, Tensor>();
  #places: Map<Tensor, number> | undefined;

  constructor(
    readonly loss: Tensor,
    readonly pass: Pullback,
  ) {}

  /** The gradient of the loss by a node (or a variable's present leaf) of the graph. */
  of(operand: Recorder): Tensor {
    const node = operand.asTensor();
    const place = this.#placeOf(node);
    if (place === undefined) {
      throw new GradientError("record.of", "the node is not in the graph of this loss", {
        fix: "ask for a node that the loss was computed from; an assigned variable has a new leaf",
      });
    }
    return this.pass.cotangentAt(place) ?? this.#constant(node);
  }

  /** Whether the pass itself went through the node: constants are reached only when asked for. */
  reached(node: Tensor): boolean {
    const place = this.#placeOf(node);
    return place !== undefined && this.pass.cotangentAt(place) !== undefined;
  }

  /** The pass step by step, with every contribution: what a teacher writes on the board. */
  steps(): BackpropStep[] {
    return stepsOf(this.pass);
  }

  #placeOf(node: Tensor): number | undefined {
    this.#places ??= new Map(this.pass.nodes.map((other, at) => [other, at]));
    return this.#places.get(node);
  }

  #constant(node: Tensor): Tensor {
    let gradient = this.#extra.get(node);
    if (!gradient) {
      const { nodes, cotangentAt } = noGrad(() =>
        pullback([this.loss], [this.loss.constantLike(1)], (other) => other === node),
      );
      gradient = cotangentAt(nodes.indexOf(node));
      if (!gradient) {
        throw new GradientError("record.of", `no gradient flows from the loss to ${node.op.name}`, {
          fix: "look for a stopGradient, a comparison or an integer on the way",
        });
      }
      this.#extra.set(node, gradient);
    }
    return gradient;
  }
}

/**
 * Differentiates a scalar by every variable it was computed from and adds the gradients into their
 * `.grad`. Nothing of the pass is recorded; for derivatives of derivatives use `grad`.
 */
export function backward(loss: Tensor): BackwardRecord {
  requireScalar("backward", loss);
  const wanted = (node: Tensor) => node.variable?.requiresGrad === true;
  const pass = noGrad(
    () => numericPullback(loss, wanted) ?? pullback([loss], [loss.constantLike(1)], wanted),
  );
  if (!pass.needed.at(-1)) throw unreachable(loss, pass);
  for (const [at, { variable }] of pass.nodes.entries()) {
    const gradient = variable && pass.cotangentAt(at);
    if (!gradient) continue;
    const before = variable.grad;
    variable.grad = before ? noGrad(() => before.add(gradient)) : gradient;
  }
  return new BackwardRecord(loss, pass);
}

function unreachable(loss: Tensor, pass: Pullback): GradientError {
  const own = pass.nodes.filter(({ variable }) => variable);
  if (own.length > 0 && own.every(({ variable }) => !variable!.requiresGrad)) {
    const list = listOf(own);
    const problem = `the loss depends on variables alone that require no gradient: ${list}`;
    return new GradientError("backward", problem, {
      shapes: [loss.shape],
      fix: "set requiresGrad of those that should learn to true",
    });
  }
  const cut = cutOf(pass);
  if (!cut) {
    const given = pass.nodes.filter(({ inputs }) => inputs.length === 0);
    const source = `it was computed from constants alone, ${listOf(given)}`;
    return new GradientError("backward", `the loss depends on no variable: ${source}`, {
      shapes: [loss.shape],
      fix: "make what should learn with variable(...) or scalar(...), and use it outside noGrad",
    });
  }
  const variables = pass.nodes.filter(({ variable }) => variable).map(nameOf);
  const names = [...new Set(variables)].join(", ");
  const { op, label, scope } = cut;
  const what = [op.name, label, scope.path && `in module ${scope.path}`].filter(Boolean).join(" ");
  const problem = `the loss depends on no variable: ${names} is cut off by ${what}`;
  return new GradientError("backward", problem, {
    shapes: [loss.shape],
    site: siteOf(cut),
    fix: `take the ${op.name} out of the way of the gradient${hintOfSite(cut)}`,
  });
}

/** The first node through which no gradient passes to a variable beneath it. */
function cutOf(pass: Pullback): Tensor | undefined {
  const { nodes } = pass;
  const learns = new Uint8Array(nodes.length);
  return nodes.find((node, at) => {
    const places = inputsAt(pass, at);
    learns[at] = +(node.variable !== undefined || places.some((place) => learns[place] === 1));
    const passes = (slot: number) => flows(node, slot) && isFloat(node.dtype);
    return places.some((place, slot) => learns[place] === 1 && !passes(slot));
  });
}

/** The first three by name, and how many more there are. */
const listOf = (leaves: readonly Tensor[]): string =>
  leaves.slice(0, 3).map(nameOf).join(", ") +
  (leaves.length > 3 ? ` and ${leaves.length - 3} more` : "");

const nameOf = (leaf: Tensor): string => leaf.label ?? `${leaf.dtype} ${showShape(leaf.shape)}`;
