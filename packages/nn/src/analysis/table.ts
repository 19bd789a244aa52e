import { showNumber } from "@neurite/autograd";

type Cell = string | number | null;

/**
 * Rows as aligned text: the first is the head; texts stand left, numbers right, `null` is a dash.
 */
export function table(rows: readonly (readonly Cell[])[]): string {
  const [head = [], ...body] = rows;
  const texts = rows.map((row) => row.map(show));
  const widths = head.map((_, c) => Math.max(...texts.map((row) => row[c]!.length)));
  const isRight = head.map((_, c) => body.some((row) => typeof row[c] === "number"));
  return texts
    .map((row) =>
      row
        .map((text, c) => (isRight[c] ? text.padStart(widths[c]!) : text.padEnd(widths[c]!)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function show(cell: Cell): string {
  if (cell === null) return "-";
  if (typeof cell === "string") return cell;
  const isCount = Number.isInteger(cell) && Math.abs(cell) >= 1000;
  return isCount ? cell.toLocaleString("en-US") : showNumber(cell);
}
