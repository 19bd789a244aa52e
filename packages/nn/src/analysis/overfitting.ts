import { showNumber, ValueError } from "@neurite/autograd";
import type { EpochRecord } from "../training/history.js";
import { findOverfitting, type Overfitting, tellOverfitting } from "../training/overfitting.js";
import { slopeOfLine } from "./line.js";

/** What speaks for overfitting, and against it. */
export interface OverfittingReport {
  /** What `fit` would have noticed by the end of this history; null if nothing. */
  readonly evidence: Overfitting | null;
  /** Validation loss less training loss, epoch by epoch. */
  readonly gaps: readonly number[];
  /** The epoch of the lowest validation loss, and the gap then and at the end. */
  readonly bestEpoch: number;
  readonly gapAtBest: number;
  readonly gapAtEnd: number;
  /**
   * How much the gap grows in an epoch since the best one, by least squares; 0 if there is none.
   */
  readonly gapSlope: number;
  /** By how much of its best the validation loss lies above it at the end: 0.1 is 10 %. */
  readonly rise: number;
  toString(): string;
}

type Losses = Pick<EpochRecord, "epoch" | "loss" | "validationLoss">;

/**
 * How far training and validation come apart in the history of a `fit` with validation: a gap that
 * rises since the best epoch says that the model learns its training rows by heart.
 */
export function overfitting({ epochs }: { readonly epochs: readonly Losses[] }): OverfittingReport {
  const losses = epochs.flatMap(({ epoch, loss, validationLoss }) =>
    validationLoss === undefined ? [] : [{ epoch, validation: validationLoss, loss }],
  );
  if (losses.length === 0) {
    throw new ValueError("overfitting", `none of ${epochs.length} epochs has a validation loss`, {
      fix: "give fit some validation data: fit(model, { ..., validation })",
    });
  }
  const gaps = losses.map(({ loss, validation }) => validation - loss);
  const least = losses.reduce((best, { validation }) => Math.min(best, validation), Infinity);
  const at = losses.findIndex(({ validation }) => validation === least);
  const end = losses.at(-1)!.validation;
  const since = losses.slice(at).map(({ epoch }, i) => [epoch, gaps[at + i]!] as const);
  const report = {
    evidence: findOverfitting(losses.map((own) => ({ ...own, validationLoss: own.validation }))),
    gaps,
    bestEpoch: losses[at]!.epoch,
    gapAtBest: gaps[at]!,
    gapAtEnd: gaps.at(-1)!,
    gapSlope: since.length < 2 ? 0 : slopeOfLine(since),
    rise: end === least ? 0 : (end - least) / Math.abs(least),
  };
  return { ...report, toString: () => sentence(report) };
}

function sentence(report: Omit<OverfittingReport, "toString">): string {
  const { evidence, bestEpoch, gapAtBest, gapAtEnd, gapSlope } = report;
  const verdict = evidence ? tellOverfitting(evidence) : "no sign of overfitting";
  const gap = `${showNumber(gapAtBest)} at the best epoch, ${bestEpoch}, ${showNumber(gapAtEnd)}`;
  return `${verdict}; the gap was ${gap} at the end: ${showNumber(gapSlope)} an epoch`;
}
