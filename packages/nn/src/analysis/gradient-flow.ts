import { showNumber } from "@neurite/autograd";
import { slopeOfLine } from "./line.js";

/** How the size of the gradient changes through the depth of a model. */
export interface GradientFlow {
  /**
   * How much log₁₀ of the RMS changes from one layer to the one before it, by least squares:
   * negative if gradients shrink on their way to the input. Null with fewer than two layers of
   * gradient.
   */
  readonly slope: number | null;
  /** The RMS at the first layer over that at the last. */
  readonly firstToLast: number | null;
  readonly isVanishing: boolean;
  readonly isExploding: boolean;
  /** The factor that is farther from 1 on the way, as the geometric mean over the layers. */
  readonly cause: "activation" | "weights" | null;
  readonly activationFactor: number | null;
  readonly weightFactor: number | null;
  toString(): string;
}

/** When gradients count as vanishing or exploding. */
export const flowLimits = {
  /** Of log₁₀ RMS per layer towards the input. */
  vanishingSlope: -0.5,
  explodingSlope: 0.5,
  /** Of the RMS at the first layer over that at the last. */
  vanishingRatio: 1e-4,
} as const;

type Layer = {
  readonly rms: number;
  readonly nonFinite: number;
  readonly activationFactor: number | null;
  readonly weightFactor: number | null;
};

/**
 * The flow of a gradient through layers, given from the input to the output. It vanishes where the
 * slope is below −0.5 or the ratio below 1e-4, and explodes above +0.5 or where it is not finite.
 */
export function gradientFlow(
  layers: readonly Layer[],
  limits: { readonly [K in keyof typeof flowLimits]: number } = flowLimits,
): GradientFlow {
  const towardsInput = layers.map(({ rms }) => rms).reverse();
  const isZero = (rms: number) => !(rms > 0);
  const points = towardsInput.flatMap((rms, depth) =>
    isZero(rms) ? [] : [[depth, Math.log10(rms)] as const],
  );
  const slope = points.length < 2 ? null : slopeOfLine(points);
  const [last, first] = [towardsInput[0] ?? 0, towardsInput.at(-1) ?? 0];
  const firstToLast = isZero(last) ? null : first / last;
  const isAllFinite = layers.every(({ nonFinite }) => nonFinite === 0);
  const isExploding = !isAllFinite || (slope ?? 0) > limits.explodingSlope;
  const isVanishing =
    !isExploding &&
    ((slope ?? 0) < limits.vanishingSlope ||
      (firstToLast !== null && firstToLast < limits.vanishingRatio));
  const activationFactor = geometricMean(layers.map((layer) => layer.activationFactor));
  const weightFactor = geometricMean(layers.map((layer) => layer.weightFactor));
  const cause = causeOf(activationFactor, weightFactor, isExploding);
  const numbers = { slope, firstToLast, activationFactor, weightFactor };
  const verdict = { isVanishing, isExploding, cause };
  return { ...numbers, ...verdict, toString: () => sentence({ ...numbers, ...verdict }) };
}

/**
 * The factor that pulls the gradient the most: the smaller one, or the larger where it explodes.
 */
function causeOf(
  activation: number | null,
  weights: number | null,
  isExploding: boolean,
): GradientFlow["cause"] {
  if (activation === null || weights === null) return null;
  return isExploding === activation > weights ? "activation" : "weights";
}

function geometricMean(factors: readonly (number | null)[]): number | null {
  const known = factors.filter((factor): factor is number => factor !== null && factor > 0);
  if (known.length === 0) return null;
  return Math.exp(known.reduce((sum, factor) => sum + Math.log(factor), 0) / known.length);
}

function sentence(flow: Omit<GradientFlow, "toString">): string {
  const { slope, firstToLast, isVanishing, isExploding, cause } = flow;
  if (slope === null) return "the gradient was not seen at two layers";
  const verdict = isExploding ? "explodes" : isVanishing ? "vanishes" : "arrives";
  const numbers =
    `x${showNumber(10 ** slope)} per layer towards the input, ` +
    `first to last ${firstToLast === null ? "-" : showNumber(firstToLast)}`;
  const why =
    (isVanishing || isExploding) && cause
      ? `; per layer the activation gives x${showNumber(flow.activationFactor!)}, ` +
        `the weights x${showNumber(flow.weightFactor!)}: the cause is the ${cause}`
      : "";
  return `the gradient ${verdict}: ${numbers}${why}`;
}
