import {
  checkGradients,
  grad,
  jvp,
  key,
  normal,
  type Operand,
  type Tensor,
} from "../../src/index.js";
import { expectClose, expectSame } from "./close.js";
import { evaluate, executor } from "./evaluate.js";
import type { Apply, Sample } from "./sample.js";

// The derivatives of every op, against differences of its values.

export const isFloat = ({ dtype }: Tensor) => dtype === "float32" || dtype === "float64";

/** The floating-point inputs, and the function of these alone. */
export function ofFloats({ inputs, apply }: { inputs: readonly Tensor[]; apply: Apply }) {
  const floats = inputs.filter(isFloat);
  const f = (...x: Tensor[]): Tensor => {
    let next = 0;
    return apply(...inputs.map((input) => (isFloat(input) ? x[next++]! : input))).asTensor();
  };
  return { floats, f };
}

/** The largest |analytic − numeric| / max(1, |numeric|) among derivatives, by their order. */
export interface DerivativeErrors {
  readonly first: number;
  /** Of samples with few elements: there is a difference for every pair of them. */
  readonly second: number;
}

/**
 * First and second derivatives: eagerly against central differences, with the other executor
 * against the eager ones, to the bit. The second order is that of a function that curves:
 * otherwise a linear op whose rule loses the graph of the cotangent would pass.
 */
export function checkDerivatives(sample: Sample): DerivativeErrors {
  const { floats, f } = ofFloats(sample);
  const curved = (...x: Tensor[]) => {
    const y = f(...x);
    return y.add(y.square());
  };
  const isSmall = floats.reduce((sum, x) => sum + x.size, 0) <= 16;
  if (executor === "eager") {
    const first = checkGradients(f, floats).relative;
    return { first, second: isSmall ? checkGradients(curved, floats, { order: 2 }).relative : 0 };
  }
  const first = weightedGradients(curved);
  const second = weightedGradients((...x) => sumOf(first(...x)));
  for (const derivative of isSmall ? [first, second] : [first]) {
    const eager = derivative(...floats);
    for (const [i, own] of evaluate(derivative, ...floats).entries()) expectSame(own, eager[i]!);
  }
  return { first: 0, second: 0 };
}

/**
 * How the result moves along a direction, as `jvp` has it: against the difference of two results.
 * Returns the largest |analytic − numeric| / max(1, |numeric|). (`jvp` is made of pullbacks: to compare it with one
 * would prove nothing.)
 */
export function checkDirection(sample: Sample): number {
  const { floats, f } = ofFloats(sample);
  const direction = floats.map((x, i) => normal(key(i), x.shape, { dtype: "float64" }));
  const [, tangent] = evaluate((...x: Tensor[]) => jvp(f, x, direction), ...floats);
  if (executor !== "eager") {
    expectSame(tangent, jvp(f, floats, direction)[1]);
    return 0;
  }
  const step = 1e-6;
  const moved = (by: number) => f(...floats.map((x, i) => x.add(direction[i]!.mul(by))));
  const difference = moved(step)
    .sub(moved(-step))
    .div(2 * step);
  expectClose(tangent, difference, { atol: 1e-5, rtol: 1e-3 });
  const error = tangent.sub(difference).abs().div(difference.abs().maximum(1));
  return Math.max(0, ...error.toTypedArray().filter(Number.isFinite));
}

const sumOf = (list: readonly Tensor[]): Tensor =>
  list.map((x) => x.square().sum()).reduce((a, b) => a.add(b));

/** The gradients of the result's sum with random weights, by every input. */
export const weightedGradients =
  (f: (...x: Tensor[]) => Operand) =>
  (...x: Tensor[]): Tensor[] => {
    const own = x.map((input) => input.alias());
    const y = f(...own).asTensor();
    const weights = normal(key(y.rank), y.shape, { dtype: "float64" });
    return grad(y.mul(weights).sum(), own);
  };

export const gradientsOfSum =
  (f: (...x: Tensor[]) => Tensor) =>
  (...x: Tensor[]): Tensor[] => {
    const own = x.map((input) => input.alias());
    return grad(f(...own).sum(), own);
  };
