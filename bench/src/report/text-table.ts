/** Columns padded to one width; those after the first `left` end at the right. */
export function textTable(rows: readonly (readonly string[])[], left: number): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const cells = (row: readonly string[]) =>
    row.map((cell, i) => (i < left ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)));
  return rows.map((row) => cells(row).join("  ").trimEnd()).join("\n");
}
