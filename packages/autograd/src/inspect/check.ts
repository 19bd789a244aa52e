import { checkFunction, checkList } from "../arguments.js";
import { grad } from "../differentiate/grad.js";
import { topology } from "../differentiate/topology.js";
import { isFloat } from "../dtype.js";
import { DTypeError, GradientError } from "../errors.js";
import type { Operand } from "../methods/operand.js";
import type { Tensor } from "../op.js";
import { key, normal } from "../random.js";
import { withRecording } from "../recording.js";
import { showShape } from "../shape.js";
import { tensor } from "../tensor.js";

export interface CheckOptions {
  /** How often to differentiate: 1 checks gradients, 2 also gradients of gradients. */
  readonly order?: number;
  /** The step of the central difference. */
  readonly step?: number;
  readonly atol?: number;
  readonly rtol?: number;
  /** What is being checked, for the error. */
  readonly name?: string;
}

export interface CheckReport {
  /** How many derivatives were compared. */
  readonly checked: number;
  /** The largest |analytic − numeric|. */
  readonly worst: number;
  /** The largest |analytic − numeric| / max(1, |numeric|). */
  readonly relative: number;
  /** Surrogate rules that were met: their gradients differ on purpose, so nothing is compared. */
  readonly surrogates: readonly string[];
}

/**
 * Compares the derivatives of `f` at `inputs` (float64; int32 and bool ones are held) with central
 * differences, element by element, and throws a GradientError that names the worst one if any is
 * off. The result is weighted by fixed random numbers, so that errors in different outputs cannot
 * cancel. Tolerances are those of PyTorch's `gradcheck`: |a − n| ≤ atol + rtol·|n| with 1e-5 and
 * 1e-3, step 1e-6. Where a surrogate rule is met, nothing is compared: the report names it.
 */
export const checkGradients = (
  f: (...inputs: Tensor[]) => Operand,
  inputs: readonly Operand[],
  { order = 1, step = 1e-6, atol = 1e-5, rtol = 1e-3, name = "checkGradients" }: CheckOptions = {},
): CheckReport => withRecording(true, () => check(f, inputs, { order, step, atol, rtol, name }, 1));

/** Checks f, which is itself a derivative of order `level − 1`, and then its own derivatives. */
function check(
  f: (...inputs: Tensor[]) => Operand,
  inputs: readonly Operand[],
  options: Required<CheckOptions>,
  level: number,
): CheckReport {
  const { order, name } = options;
  checkFunction(name, f);
  checkList(name, inputs, "inputs", "write [x], with one entry for each argument");
  const points = inputs.map((input, i) => pointOf(input.asTensor(), i, name));
  const result = f(...points).asTensor();
  if (!isFloat(result.dtype)) {
    throw new DTypeError(name, `the result is ${result.dtype}, which has no gradient`, {
      fix: "check a function with a float64 result",
    });
  }
  const weights = normal(key(points.length + order - level + 1), result.shape, {
    dtype: "float64",
  });
  const weighted = (...x: Tensor[]) =>
    f(...x)
      .asTensor()
      .mul(weights)
      .sum();
  const moved = points.flatMap(({ dtype }, i) => (isFloat(dtype) ? i : []));
  const analytic = (...x: Tensor[]): Tensor[] => {
    const own = x.map((point) => point.alias());
    return grad(
      weighted(...own),
      moved.map((i) => own[i]!),
    );
  };
  const gradients = analytic(...points);
  const surrogates = [...new Set(topology([result]).nodes.flatMap(({ op }) => op.surrogate ?? []))];
  if (surrogates.length > 0) return { checked: 0, worst: 0, relative: 0, surrogates };
  const reports = moved.map((i, k) => compare(weighted, points, i, gradients[k]!, options, level));
  if (level < order) {
    for (const k of moved.keys()) {
      reports.push(check((...x) => analytic(...x)[k]!, points, options, level + 1));
    }
  }
  return {
    checked: reports.reduce((sum, { checked }) => sum + checked, 0),
    worst: Math.max(0, ...reports.map(({ worst }) => worst)),
    relative: Math.max(0, ...reports.map(({ relative }) => relative)),
    surrogates,
  };
}

function pointOf(point: Tensor, i: number, name: string): Tensor {
  if (!isFloat(point.dtype)) return point;
  if (point.dtype === "float64") return tensor(point.toTypedArray(), { shape: point.shape });
  throw new DTypeError(name, `input ${i} is ${point.dtype}, expected float64`, {
    fix: 'use float64 inputs, as with .cast("float64"): differences drown in float32 rounding',
  });
}

/** Compares the gradient by one input with differences, and refuses it at its worst element. */
function compare(
  f: (...inputs: Tensor[]) => Tensor,
  points: readonly Tensor[],
  input: number,
  gradient: Tensor,
  { step, atol, rtol, name }: Required<CheckOptions>,
  level: number,
): CheckReport {
  const { shape } = points[input]!;
  const rows = Array.from(gradient.toTypedArray(), (analytic, at) => {
    const numeric = centralDifference(f, points, input, at, step);
    const error = Math.abs(analytic - numeric);
    const excess = error - (atol + rtol * Math.abs(numeric));
    // A difference that is no number is worse than any that is one.
    return { at, analytic, numeric, error, excess: Number.isNaN(excess) ? Infinity : excess };
  });
  const worst = rows.reduce((a, b) => (b.excess > a.excess ? b : a), rows[0]!);
  if (worst && worst.excess > 0) {
    const what = level === 1 ? "derivative" : `derivative of order ${level}`;
    throw new GradientError(
      name,
      `the ${what} by element ${worst.at} of input ${input} ${showShape(shape)} is ` +
        `${worst.analytic}, but a central difference with step ${step} gives ${worst.numeric}`,
      {
        shapes: [shape],
        fix: "look at the rule that this input enters; one that is meant to differ is a surrogate",
      },
    );
  }
  return {
    checked: rows.length,
    worst: Math.max(0, ...rows.map(({ error }) => error)),
    relative: Math.max(0, ...rows.map((row) => row.error / Math.max(1, Math.abs(row.numeric)))),
    surrogates: [],
  };
}

function centralDifference(
  f: (...inputs: Tensor[]) => Tensor,
  points: readonly Tensor[],
  input: number,
  at: number,
  step: number,
): number {
  const point = points[input]!;
  const shifted = (by: number): number => {
    const data = point.toTypedArray();
    data[at]! += by;
    const moved = tensor(data, { shape: point.shape });
    return f(...points.with(input, moved)).item();
  };
  return (shifted(step) - shifted(-step)) / (2 * step);
}
