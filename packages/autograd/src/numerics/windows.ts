import { ShapeError, ValueError } from "../errors.js";
import { type Shape, showShape } from "../shape.js";

/** Windows along an axis: how long one is, how far apart they begin, and how far its elements. */
export interface Window {
  readonly size: number;
  readonly step: number;
  readonly dilation: number;
}

/** From the first element of a window to the last, both included. */
export const spanOf = ({ size, dilation }: Pick<Window, "size" | "dilation">): number =>
  dilation * (size - 1) + 1;

/** How many windows begin and end within an axis. */
export function countWindows(op: string, shape: Shape, axis: number, window: Window): number {
  for (const [option, value] of Object.entries(window)) checkCount(op, option, value);
  const span = spanOf(window);
  if (span <= shape[axis]!) return Math.floor((shape[axis]! - span) / window.step) + 1;
  const { size, dilation } = window;
  const longer = `a window of size ${size} and dilation ${dilation} spans ${span}`;
  throw new ShapeError(op, `${longer}, but axis ${axis} of ${showShape(shape)} is ${shape[axis]}`, {
    shapes: [shape],
    axis,
    fix: "use a smaller window, or pad the axis",
  });
}

/** Refuses an option that is no integer, or too small a one. */
export function checkCount(op: string, option: string, value: number, least = 1): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new ValueError(op, `${option} = ${value}`, {
    fix: `${option} must be an integer of at least ${least}`,
  });
}
