import { equal, match, ok } from "node:assert/strict";
import { type DType, type Nested, NeuriteError, type Tensor } from "../../src/index.js";
import { expectClose, expectSame, expectWithinUlps } from "./close.js";
import { gradientsOfSum, isFloat, ofFloats } from "./derivatives.js";
import { evaluate } from "./evaluate.js";
import { plainOf, tensorOf } from "./plain.js";
import type { ErrorCase, OpSamples, Sample, Special } from "./sample.js";

// What every op has to pass. Each check takes a sample of the op's record; ops.test.ts walks them.

/** The result in float64 is that of the reference; returns the largest error, relative to 1 or more. */
export function checkValue(sample: Sample): number {
  const expected = tensorOf(sample.reference(...sample.inputs.map(plainOf)));
  const actual = evaluate(sample.apply, ...sample.inputs);
  expectClose(actual.cast("float64"), expected, { rtol: 1e-12, atol: 1e-13 });
  const known = expected.toTypedArray();
  const errors = [...actual.toTypedArray()].map(
    (value, i) => Math.abs(value - known[i]!) / Math.max(1, Math.abs(known[i]!)),
  );
  return Math.max(0, ...errors.filter(Number.isFinite));
}

/**
 * The result in float32 is that in float64 of the same numbers: within 4 units in the last place
 * for an op with an algorithm of its own in float32, else up to the rounding it may do.
 */
export function checkFloat32(
  sample: Sample,
  { float32 = 0, dtypes }: OpSamples,
  hasOwnAlgorithm: boolean,
): void {
  if (!dtypes?.float32) return;
  const narrow = inDType(sample.inputs, "float32");
  const wide = narrow.map((input) => (isFloat(input) ? input.cast("float64") : input));
  const actual = evaluate(sample.apply, ...narrow);
  const expected = evaluate(sample.apply, ...wide);
  if (hasOwnAlgorithm) {
    expectWithinUlps(actual, expected.cast(actual.dtype), 4);
    return;
  }
  const sizes = [...wide, expected].flatMap((x) => [...x.toTypedArray()].map(Math.abs));
  const largest = Math.max(0, ...sizes.filter(Number.isFinite));
  expectClose(actual, expected.cast(actual.dtype), { atol: float32 * largest });
}

/** The dtype of the result follows from that of the inputs, or it is an error. */
export function checkDTypes({ samples, dtypes = {} }: OpSamples): void {
  for (const [dtype, result] of Object.entries(dtypes) as [DType, DType | null][]) {
    const { inputs, apply } = samples.find(({ inputs }) => inputs.every(({ size }) => size > 0))!;
    const run = () => evaluate(apply, ...inDType(inputs, dtype)).dtype;
    if (result !== null) equal(run(), result, `of ${dtype}`);
    else equal((errorOf(run) as Error).name, "DTypeError", `of ${dtype}`);
  }
}

export const inDType = (inputs: readonly Tensor[], dtype: DType): Tensor[] =>
  inputs.map((input) => (isFloat(input) ? input.cast(dtype) : input));

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
    // With another cotangent than 1 too: a rule may have forgotten it here.
    for (const factor of [1, 0.5]) {
      const scaled = gradientsOfSum((...x) => f(...x).mul(factor));
      for (const [i, gradient] of evaluate(scaled, ...floats).entries()) {
        const known = expected[i];
        if (known === undefined) continue;
        expectClose(gradient.div(factor), narrowed(known, dtype), { rtol });
      }
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
  ok(found instanceof NeuriteError, `expected a NeuriteError, got ${found}`);
  const { message, fix, site } = found;
  for (const fact of says) ok(message.includes(fact), `"${message}" does not say "${fact}"`);
  equal(found.name, error);
  equal(found.op, op ?? name);
  ok(fix, "a way out");
  match(site ?? "", /test\/.*\.ts:\d+:\d+$/, "the line of the call");
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
  const { floats, f } = ofFloats(sample);
  if (!differentiable || !isFloat(run())) return;
  const gradients = () => evaluate(gradientsOfSum(f), ...floats);
  const again = gradients();
  for (const [i, gradient] of gradients().entries()) expectSame(gradient, again[i]!);
}
