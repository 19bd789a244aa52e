import { ShapeError, showShape, type Tensor, tensor, ValueError } from "@neurite/autograd";
import { equalRows, type RowSource, rowRange } from "./loader.js";
import { bytesPerElement, checkBytes } from "./memory.js";
import { take } from "./take.js";

export interface WindowOptions {
  /** How many moments a window shows. */
  readonly length: number;
  /** How many moments after the end of the window its target lies; 1, the next, by default. */
  readonly horizon?: number;
  /** Where the targets come from, `[time]` or `[time, targets]`; the series itself by default. */
  readonly targets?: Tensor;
}

/** `inputs` is `[windows, length, features]`, `targets` is `[windows, targets]`. */
export type Windows = {
  readonly inputs: Tensor;
  readonly targets: Tensor;
};

/**
 * Every run of `length` moments of a series, `[time]` or `[time, features]`, with the target that
 * follows it. Window w shows the moments w … w + length − 1; later windows have later targets, so a
 * chronological split of the windows is one of the series. All windows together hold a moment up to
 * `length` times; `windowSource` makes them as they are needed.
 */
export function slidingWindows(series: Tensor, options: WindowOptions): Windows {
  const source = windowSource(series, options);
  const moments = source.rows * options.length;
  const width = series.size / series.shape[0]!;
  checkBytes("slidingWindows", `${source.rows} windows of ${options.length} moments`, {
    bytes: moments * width * bytesPerElement[series.dtype],
    fix: "make batches of them as they are needed: new DataLoader(windowSource(series, …))",
  });
  return source.read(rowRange(0, source.rows));
}

/** The windows of `slidingWindows` as rows for a `DataLoader`, which makes a batch at a time. */
export function windowSource(series: Tensor, options: WindowOptions): RowSource<Windows> {
  const { length, horizon = 1 } = options;
  checkPositive("length", length);
  checkPositive("horizon", horizon);
  const table = asTable(series);
  const targets = asTable(options.targets ?? series);
  const time = equalRows("slidingWindows", { series: table, targets });
  const windows = time - length - horizon + 1;
  if (windows < 1) {
    const problem = `${time} moments have no window of ${length} with a target ${horizon} later`;
    throw new ShapeError("slidingWindows", problem, {
      shapes: [series.shape],
      axis: 0,
      fix: `give at least ${length + horizon} moments, or shorter windows`,
    });
  }
  const width = table.shape[1]!;
  const read = (rows: Int32Array): Windows => {
    const moments = Int32Array.from(
      { length: rows.length * length },
      (_, i) => rows[Math.floor(i / length)]! + (i % length),
    );
    const inputs = take(table, moments).toTypedArray();
    return {
      inputs: tensor(inputs, { shape: [rows.length, length, width], dtype: table.dtype }),
      targets: take(
        targets,
        rows.map((w) => w + length + horizon - 1),
      ),
    };
  };
  return { rows: windows, read };
}

function asTable(x: Tensor): Tensor {
  if (x.rank === 2) return x;
  if (x.rank === 1) return tensor(x.toTypedArray(), { shape: [x.size, 1], dtype: x.dtype });
  throw new ShapeError("slidingWindows", `a series of shape ${showShape(x.shape)}`, {
    shapes: [x.shape],
    fix: "give [time] or [time, features]",
  });
}

function checkPositive(option: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new ValueError("slidingWindows", `${option} is ${value}`, {
    fix: "use a positive integer",
  });
}
