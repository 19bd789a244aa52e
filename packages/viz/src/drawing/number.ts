/** A number with so many significant digits: `0.5`, `1.0e-4`, `NaN`. */
export function showNumber(value: number, precision = 4): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "Inf" : "-Inf";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
    return value.toExponential(Math.min(1, precision - 1));
  }
  return String(Number(value.toPrecision(precision)));
}

/** The order of magnitude with two digits: `0.25`, `3.1e-4`. */
export const showSize = (value: number): string =>
  value > 0 && (value < 0.1 || value >= 100) && Number.isFinite(value)
    ? value.toExponential(1).replace("e+", "e")
    : showNumber(value, 2);
