import { expect } from "vitest";
import {
  checkGradients,
  type DType,
  grad,
  key,
  type Nested,
  NeuriteError,
  normal,
  type Operand,
  type Tensor,
} from "../../src/index.js";
import { expectClose, expectSame } from "./close.js";
import { evaluate, executor } from "./evaluate.js";
import { plainOf, tensorOf } from "./plain.js";
import type { Apply, ErrorCase, OpSamples, Sample, Special } from "./sample.js";

// What every op has to pass. Each check takes a sample of the op's record; ops.test.ts walks them.

const isFloat = ({ dtype }: Tensor) => dtype === "float32" || dtype === "float64";

/** The floating-point inputs, and the function of these alone. */
function ofFloats({ inputs, apply }: { inputs: readonly Tensor[]; apply: Apply }) {
  const floats = inputs.filter(isFloat);
  const f = (...x: Tensor[]): Tensor => {
    let next = 0;
    return apply(...inputs.map((input) => (isFloat(input) ? x[next++]! : input))).asTensor();
  };
  return { floats, f };
}

/** The result in float64 is that of the reference. */
export function checkValue(sample: Sample): void {
  const expected = tensorOf(sample.reference(...sample.inputs.map(plainOf)));
  const actual = evaluate(sample.apply, ...sample.inputs);
  expectClose(actual.cast("float64"), expected, { rtol: 1e-12, atol: 1e-13 });
}

/** The result in float32 is that in float64 of the same numbers, up to the rounding it may do. */
export function checkFloat32(sample: Sample, { float32 = 0, dtypes }: OpSamples): void {
  if (!dtypes?.float32) return;
  const narrow = inDType(sample.inputs, "float32");
  const wide = narrow.map((input) => (isFloat(input) ? input.cast("float64") : input));
  const actual = evaluate(sample.apply, ...narrow);
  const expected = evaluate(sample.apply, ...wide);
  const sizes = [...wide, expected].flatMap((x) => [...x.toTypedArray()].map(Math.abs));
  const largest = Math.max(0, ...sizes.filter(Number.isFinite));
  expectClose(actual, expected.cast(actual.dtype), { atol: float32 * largest });
}

/** The dtype of the result follows from that of the inputs, or it is an error. */
export function checkDTypes({ samples, dtypes = {} }: OpSamples): void {
  for (const [dtype, result] of Object.entries(dtypes) as [DType, DType | null][]) {
    const { inputs, apply } = samples.find(({ inputs }) => inputs.every(({ size }) => size > 0))!;
    const run = () => evaluate(apply, ...inDType(inputs, dtype)).dtype;
    if (result !== null) expect(run(), `of ${dtype}`).toBe(result);
    else expect(errorOf(run), `of ${dtype}`).toMatchObject({ name: "DTypeError" });
  }
}

const inDType = (inputs: readonly Tensor[], dtype: DType): Tensor[] =>
  inputs.map((input) => (isFloat(input) ? input.cast(dtype) : input));

/**
 * First and second derivatives: eagerly against central differences, with the other executor
 * against the eager ones, to the bit. The second order is that of a function that curves:
 * otherwise a linear op whose rule loses the graph of the cotangent would pass.
 */
export function checkDerivatives(sample: Sample): void {
  const { floats, f } = ofFloats(sample);
  const curved = (...x: Tensor[]) => {
    const y = f(...x);
    return y.add(y.square());
  };
  // The second order takes a difference for every pair of elements.
  const isSmall = floats.reduce((sum, x) => sum + x.size, 0) <= 16;
  if (executor === "eager") {
    checkGradients(f, floats);
    if (isSmall) checkGradients(curved, floats, { order: 2 });
    return;
  }
  const first = weightedGradients(curved);
  const second = weightedGradients((...x) => sumOf(first(...x)));
  for (const derivative of isSmall ? [first, second] : [first]) {
    const eager = derivative(...floats);
    for (const [i, own] of evaluate(derivative, ...floats).entries()) expectSame(own, eager[i]!);
  }
}

const sumOf = (list: readonly Tensor[]): Tensor =>
  list.map((x) => x.square().sum()).reduce((a, b) => a.add(b));

/** The gradients of the result's sum with random weights, by every input. */
const weightedGradients =
  (f: (...x: Tensor[]) => Operand) =>
  (...x: Tensor[]): Tensor[] => {
    const own = x.map((input) => input.alias());
    const y = f(...own).asTensor();
    const weights = normal(key(y.rank), y.shape, { dtype: "float64" });
    return grad(y.mul(weights).sum(), own);
  };

const gradientsOfSum =
  (f: (...x: Tensor[]) => Tensor) =>
  (...x: Tensor[]): Tensor[] => {
    const own = x.map((input) => input.alias());
    return grad(f(...own).sum(), own);
  };

/** The value and the gradient where they are a convention, in float64 and in float32. */
export function checkSpecial(special: Special): void {
  for (const [dtype, rtol] of [
    ["float64", 1e-14],
    ["float32", 1e-6],
  ] as const) {
    // A number that float32 does not hold would be another point.
    if (dtype === "float32" && !special.inputs.every(isExact)) continue;
    const inputs = inDType(special.inputs, dtype);
    const value = evaluate(special.apply, ...inputs);
    expectClose(value, narrowed(special.value, dtype), { rtol, signedZeros: true });
    if (!special.gradient || !isFloat(value)) continue;
    const { floats, f } = ofFloats({ inputs, apply: special.apply });
    const expected = special.gradient.filter((_, i) => isFloat(inputs[i]!));
    for (const [i, gradient] of evaluate(gradientsOfSum(f), ...floats).entries()) {
      if (expected[i] !== undefined) expectClose(gradient, narrowed(expected[i], dtype), { rtol });
    }
  }
}

const isExact = (x: Tensor): boolean =>
  x.toTypedArray().every((value: number) => Object.is(Math.fround(value), value));

const narrowed = (value: Nested, dtype: DType): Nested => {
  if (typeof value === "number") return dtype === "float32" ? Math.fround(value) : value;
  return typeof value === "boolean" ? value : value.map((part) => narrowed(part, dtype));
};

/** The error has its type, names the op, and states the facts in its text and its fields. */
export function checkError({ inputs, apply, error, says, op }: ErrorCase, name: string): void {
  const found = errorOf(() => evaluate(apply, ...inputs));
  expect(found, "a NeuriteError").toBeInstanceOf(NeuriteError);
  const { message, fix, site } = found as NeuriteError;
  for (const fact of says) expect(message).toContain(fact);
  expect(found).toMatchObject({ name: error, op: op ?? name });
  expect(fix, "a way out").toBeTruthy();
  expect(site, "the line of the call").toMatch(/test\/.*\.ts:\d+:\d+$/);
}

/** What `run` throws. */
export function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("expected an error, got none");
}

/** Two runs give the same bits, gradients too. */
export function checkDeterminism(sample: Sample, differentiable: boolean): void {
  const run = () => evaluate(sample.apply, ...sample.inputs);
  expectSame(run(), run());
  if (!differentiable) return;
  const { floats, f } = ofFloats(sample);
  const gradients = () => evaluate(gradientsOfSum(f), ...floats);
  const again = gradients();
  for (const [i, gradient] of gradients().entries()) expectSame(gradient, again[i]!);
}
