/** How numbers are written in a file. */
export interface NumberStyle {
  /** What separates the fraction. */
  readonly decimal: "." | ",";
  /** Texts that stand for no value. */
  readonly missing: readonly string[];
}

const styles = {
  ".": /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i,
  ",": /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i,
};

/** The number that a cell holds, spaces around it aside; NaN if it is not a finite one. */
export function readNumber(cell: string, { decimal }: NumberStyle): number {
  const text = cell.trim();
  if (!styles[decimal].test(text)) return Number.NaN;
  const value = Number(decimal === "," ? text.replace(",", ".") : text);
  return Number.isFinite(value) ? value : Number.NaN;
}

export const isMissing = (cell: string, { missing }: NumberStyle): boolean =>
  cell.trim() === "" || missing.includes(cell.trim());

/** What to do about a cell that should be a number. */
export function numberFix(cell: string, name: string, style: NumberStyle): string {
  const column = JSON.stringify(name);
  if (isMissing(cell, style)) {
    return `fill the cell, or allow gaps: columns: { ${column}: "optional number" }`;
  }
  const other = style.decimal === "." ? "," : ".";
  if (!Number.isNaN(readNumber(cell, { ...style, decimal: other }))) {
    return `say decimal: ${JSON.stringify(other)}; if the comma separates fields, check delimiter`;
  }
  const text = JSON.stringify(cell.trim());
  return `correct the cell, or say columns: { ${column}: "text" }, or missing: [${text}]`;
}
