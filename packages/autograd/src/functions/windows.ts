import { ShapeError, ValueError } from "../errors.js";
import { checkCount, spanOf } from "../numerics/windows.js";
import type { Tensor } from "../op.js";
import { type Shape, showShape } from "../shape.js";

/** One number for every axis, or one each. */
export type Sides = number | readonly number[];

/** An option as one number for each axis that windows move along. */
export function perAxis(
  op: string,
  option: string,
  value: Sides,
  axes: number,
  least = 1,
): readonly number[] {
  const list = typeof value === "number" ? new Array<number>(axes).fill(value) : value;
  for (const one of list) checkCount(op, option, one, least);
  if (list.length === axes) return list;
  throw new ValueError(op, `${option} = [${list.join(", ")}] for ${axes} axes`, {
    fix: `give one number, or ${axes}`,
  });
}

/** The input as `[N, C, …]`: `[C, …]` is a batch of one, and `restore` takes its axis away. */
export function asBatch(op: string, x: Tensor, axes: number) {
  const names = axes === 1 ? "L" : "H, W";
  if (x.rank === axes + 2) return { x, restore: (y: Tensor) => y };
  if (x.rank === axes + 1) return { x: x.unsqueeze(0), restore: (y: Tensor) => y.squeeze(0) };
  const expected = `expected [N, C, ${names}] or [C, ${names}]`;
  throw new ShapeError(op, `${expected}, got ${showShape(x.shape)}`, {
    shapes: [x.shape],
    fix: "reshape the input: examples first, then channels",
  });
}

/** The input with `padding` on both sides of its last axes. */
export function padded(x: Tensor, padding: readonly number[], value = 0): Tensor {
  if (padding.every((width) => width === 0)) return x;
  const widths = x.shape.map((_, axis) => padding[axis - x.rank + padding.length] ?? 0);
  return x.pad(
    widths.map((width) => [width, width]),
    { value },
  );
}

export interface Windows {
  readonly size: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
}

/**
 * The windows along the last axes, as a view: the places of the windows, then those within one.
 */
export function windowsOf(op: string, x: Tensor, { size, stride, dilation }: Windows): Tensor {
  const first = x.rank - size.length;
  checkWindows(op, x.shape.slice(first), { size, dilation });
  return size.reduce(
    (view, side, i) => view.unfold(first + i, side, { step: stride[i]!, dilation: dilation[i]! }),
    x,
  );
}

/** Refuses windows that are longer than the sides they move along. */
function checkWindows(op: string, sides: Shape, { size, dilation }: Omit<Windows, "stride">): void {
  const span = size.map((side, i) => spanOf({ size: side, dilation: dilation[i]! }));
  const axis = span.findIndex((length, i) => length > sides[i]!);
  if (axis < 0) return;
  const kernel = `the kernel ${showShape(size)} with dilation ${dilation.join(", ")}`;
  throw new ShapeError(
    op,
    `${kernel} spans ${showShape(span)}, the padded input is ${showShape(sides)}`,
    {
      shapes: [sides, size],
      axis,
      fix: "use a smaller kernel or dilation, or more padding",
    },
  );
}
