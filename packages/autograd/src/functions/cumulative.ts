import type { Recorder, TensorLike } from "../methods/recorder.js";
import type { Tensor } from "../op.js";
import { normalizeAxis } from "../shape.js";
import { nodeOf } from "./checks.js";
import { sliceAlong } from "./parts.js";

/** Along which axis a recurrence runs, by default the last; in reverse from its end. */
export interface RecurrenceOptions {
  readonly axis?: number;
  readonly reverse?: boolean;
}

/** Whether to run from the end, and whether to leave each element out of its own result. */
export interface CumulativeOptions {
  readonly reverse?: boolean;
  readonly exclusive?: boolean;
}

/**
 * The recurrence h[t] = a[t]·h[t−1] + b[t] along an axis (the last by default), from h[−1] = 0; in
 * reverse from the end. Factors and terms broadcast: with `a = 0.9` a moving average.
 */
export const linearRecurrence = (
  a: TensorLike,
  b: Recorder,
  options: RecurrenceOptions = {},
): Tensor => nodeOf("linearRecurrence", a, b.asTensor()).linearRecurrence(b, options);

export function cumsum(x: Tensor, given: number, options: CumulativeOptions): Tensor {
  const { axis, reverse, terms } = read("cumsum", x, given, options, 0);
  return x.constantLike(1).linearRecurrence(terms, { axis, reverse });
}

/** The first factor is the first state; −0 is what leaves every sum as it is, even that of −0. */
export function cumprod(x: Tensor, given: number, options: CumulativeOptions): Tensor {
  const { axis, reverse, terms } = read("cumprod", x, given, options, 1);
  if (x.shape[axis] === 0) return x;
  const last = x.shape[axis]! - 1;
  const [first, others] = reverse ? ([last, [last, 0]] as const) : ([0, [0, last]] as const);
  const start = padAlong(sliceAlong(terms, axis, first, first + 1), axis, others, -0);
  return terms.linearRecurrence(start, { axis, reverse });
}

/** What is accumulated: without the element itself, all move one step on and `neutral` begins. */
function read(
  op: string,
  x: Tensor,
  given: number,
  { reverse = false, exclusive = false }: CumulativeOptions,
  neutral: number,
) {
  const axis = normalizeAxis(op, given, x.rank);
  const side = x.shape[axis]!;
  if (!exclusive || side === 0) return { axis, reverse, terms: x };
  const kept = reverse ? sliceAlong(x, axis, 1, side) : sliceAlong(x, axis, 0, side - 1);
  return { axis, reverse, terms: padAlong(kept, axis, reverse ? [0, 1] : [1, 0], neutral) };
}

const padAlong = (
  x: Tensor,
  axis: number,
  widths: readonly [before: number, after: number],
  value: number,
): Tensor =>
  x.pad(
    x.shape.map((_, i) => (i === axis ? widths : ([0, 0] as const))),
    { value },
  );
