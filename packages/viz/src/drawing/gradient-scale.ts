import type { Graph, Stat } from "../graph/graph.js";

/** The gradient magnitudes between which width and colour tell them apart, logarithmically. */
export interface Scale {
  readonly min: number;
  readonly max: number;
}

/** How an edge shows the gradient that passes it. */
export interface GradientLook {
  /** `g0` … `g5`, `zero`, `broken`, or `silent` where no gradient passes. */
  readonly level: string;
  readonly penwidth: number;
  readonly isNegative: boolean;
}

export const LEVELS = 6;

/** Where a magnitude lies on the scale, from 0 to 1. */
export const heightOf = (size: number, { min, max }: Scale): number =>
  Math.min(1, Math.max(0, Math.log10(size / min) / Math.log10(max / min)));

export const widthAt = (height: number): number => 0.6 + 5.4 * height;

export const levelAt = (height: number): string =>
  `g${Math.min(LEVELS - 1, Math.floor(LEVELS * height))}`;

export function gradientLook(stat: Stat | undefined, scale: Scale): GradientLook {
  const isNegative = stat?.value !== undefined && stat.value < 0;
  if (!stat) return { level: "silent", penwidth: 0.6, isNegative };
  if (stat.nonFinite > 0) return { level: "broken", penwidth: 6, isNegative };
  if (stat.max === 0) return { level: "zero", penwidth: 0.6, isNegative };
  const height = heightOf(stat.rms, scale);
  return { level: levelAt(height), penwidth: widthAt(height), isNegative };
}

/** Whole decades around the contributions of a graph, at least `decades` of them, at most 12. */
export function scaleOf({ edges }: Graph, decades: number): Scale {
  const sizes = edges.flatMap(({ contribution }) =>
    contribution && contribution.nonFinite === 0 && contribution.rms > 0 ? [contribution.rms] : [],
  );
  if (sizes.length === 0) return { min: 1e-8, max: 1 };
  // A magnitude just beyond a power of ten opens no decade of its own.
  const top = Math.ceil(Math.log10(sizes.reduce((a, b) => Math.max(a, b))) - 0.1);
  const bottom = Math.floor(Math.log10(sizes.reduce((a, b) => Math.min(a, b))) + 0.1);
  const min = Math.max(Math.min(bottom, top - decades), top - 12);
  return { min: powerOfTen(min), max: powerOfTen(top) };
}

/** Exactly what `1e-4` is in a program; `10 ** -4` is not. */
export const powerOfTen = (exponent: number): number => Number(`1e${exponent}`);
