/** How numbers are written in tables: for people, three digits. */
import { variantOf } from "../harness/names.js";
import { isHighBest, type Row, reaches } from "../harness/result.js";

export const digits = (value: number): string =>
  value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

export function milliseconds(ms: number | undefined): string {
  if (ms === undefined) return "";
  if (ms < 1) return `${digits(ms * 1000)} µs`;
  return ms < 1000 ? `${digits(ms)} ms` : `${digits(ms / 1000)} s`;
}

/** A value in its unit, as the targets are written. */
export function quantity({ unit }: Row, value: number): string {
  if (unit === "faster" || unit === "time") return `${digits(value)}x`;
  return unit === "share" ? `${digits(value * 100)} %` : `${digits(value)} ${unit}`;
}

export const bound = (row: Row, value: number | undefined): string =>
  value === undefined ? "" : `${isHighBest(row.unit) ? "≥" : "≤"} ${quantity(row, value)}`;

/** What is compared, without the workload: "faster than jax-js". */
export function comparison({ subject, against, unit }: Row): string {
  const variant = variantOf(subject);
  if (against === undefined) return variant;
  const what = { faster: "faster than", time: "of the time of", share: "of the" }[unit as "faster"];
  return `${variant ? `${variant}, ` : ""}${what} ${against}`;
}

export function verdict(row: Row): "stretch" | "met" | "missed" {
  const { unit, value, target, stretch } = row;
  if (stretch !== undefined && reaches(unit, value, stretch)) return "stretch";
  return reaches(unit, value, target) ? "met" : "missed";
}
