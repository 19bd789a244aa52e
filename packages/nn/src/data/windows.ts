import { ShapeError, showShape, type Tensor, tensor, ValueError } from "@neurite/autograd";
import { equalRows } from "./loader.js";
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
export interface Windows {
  readonly inputs: Tensor;
  readonly targets: Tensor;
}

/**
 * Every run of `length` moments of a series, `[time]` or `[time, features]`, with the target that
 * follows it. Window w shows the moments w … w + length − 1; later windows have later targets, so a
 * chronological split of the windows is one of the series.
 */
export function slidingWindows(series: Tensor, options: WindowOptions): Windows {
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
  const moments = Int32Array.from(
    { length: windows * length },
    (_, i) => Math.floor(i / length) + (i % length),
  );
  const inputs = take(table, moments).toTypedArray();
  const last = Int32Array.from({ length: windows }, (_, w) => w + length + horizon - 1);
  return {
    inputs: tensor(inputs, { shape: [windows, length, table.shape[1]!], dtype: table.dtype }),
    targets: take(targets, last),
  };
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
