import { GradientError } from "../errors.js";
import { type BackpropStep, stepsOf } from "../inspect/steps.js";
import type { Recorder } from "../methods/recorder.js";
import type { Tensor } from "../op.js";
import { noGrad } from "../recording.js";
import { numericPullback } from "./numeric.js";
import { flows, type Pullback, pullback, requireScalar } from "./pullback.js";

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
  const wanted = (node: Tensor) => node.variable !== undefined;
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

function unreachable(loss: Tensor, { nodes }: Pullback): GradientError {
  const cut = nodes.find((node) => node.inputs.some((_, slot) => !flows(node, slot)));
  const reason = nodes.some((node) => node.variable)
    ? `its variables are cut off by ${cut?.op.name ?? "an integer or bool value"}`
    : "it was computed from constants alone";
  return new GradientError("backward", `the loss depends on no variable: ${reason}`, {
    shapes: [loss.shape],
    fix: cut ? "remove the cut" : "make what should learn with variable(...) or scalar(...)",
  });
}
