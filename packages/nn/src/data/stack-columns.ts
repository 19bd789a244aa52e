import { ShapeError, type Tensor, tensor, ValueError } from "@neurite/autograd";
import { DataError } from "./data-error.js";
import { firstNonFinite } from "./finite.js";
import { elementsOf, rowCount } from "./take.js";

/** A tensor `[rows, features]` and what its columns are called. */
export interface Features {
  readonly values: Tensor;
  readonly names: readonly string[];
}

interface StackOptions {
  readonly dtype?: "float32" | "float64";
}

/**
 * Puts columns side by side: arrays and tensors `[rows]` become one feature under their name,
 * tensors `[rows, n]` become n, named `name.0` and so on. Default dtype float32.
 */
export function stackColumns(
  columns: Readonly<Record<string, ArrayLike<number> | Tensor>>,
  { dtype = "float32" }: StackOptions = {},
): Features {
  const blocks = Object.entries(columns).map(([name, column]) => readBlock(name, column));
  const [first] = blocks;
  if (!first) {
    throw new ValueError("stackColumns", "there are no columns", { fix: "give at least one" });
  }
  for (const { name, rows, elements } of blocks) {
    if (rows !== first.rows) {
      const problem = `column ${first.name} has ${first.rows} rows, ${name} has ${rows}`;
      throw new ShapeError("stackColumns", problem, { axis: 0, fix: "give columns of one length" });
    }
    checkNumbers(name, elements, rows);
  }
  const width = blocks.reduce((sum, block) => sum + block.width, 0);
  const out = new Float64Array(first.rows * width);
  let start = 0;
  for (const block of blocks) {
    for (let row = 0; row < block.rows; row++) {
      for (let c = 0; c < block.width; c++) {
        out[row * width + start + c] = block.elements[row * block.width + c]!;
      }
    }
    start += block.width;
  }
  return {
    values: tensor(out, { shape: [first.rows, width], dtype }),
    names: blocks.flatMap((block) => block.names),
  };
}

interface Block {
  readonly name: string;
  readonly names: readonly string[];
  readonly rows: number;
  readonly width: number;
  readonly elements: ArrayLike<number>;
}

function readBlock(name: string, column: ArrayLike<number> | Tensor): Block {
  if (!("op" in column)) {
    return { name, names: [name], rows: column.length, width: 1, elements: column };
  }
  const rows = rowCount("stackColumns", column);
  const elements = elementsOf(column);
  if (column.rank === 1) return { name, names: [name], rows, width: 1, elements };
  const width = column.shape.slice(1).reduce((product, side) => product * side, 1);
  const names = Array.from({ length: width }, (_, c) => `${name}.${c}`);
  return { name, names, rows, width, elements };
}

function checkNumbers(name: string, elements: ArrayLike<number>, rows: number): void {
  const at = firstNonFinite(elements);
  if (at < 0) return;
  const row = Math.floor(at / (elements.length / rows));
  const problem = `column ${name} has ${elements[at]} in row ${row} (counted from 0)`;
  throw new DataError("stackColumns", problem, {
    row,
    column: name,
    value: elements[at]!,
    fix: "fill the gap first, as with the column's mean, or leave the row out",
  });
}
