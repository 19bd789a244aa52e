import { ShapeError, showShape, type Tensor, ValueError } from "@neurite/autograd";

/** A number for every axis that windows move along, or one for each. */
export type Sides = number | readonly number[];

/** How windows lie along the last axes of an input: an entry for each of these axes. */
export interface Geometry {
  /** How many elements a window has. */
  readonly kernelSize: readonly number[];
  /** How far apart windows begin. */
  readonly stride: readonly number[];
  /** How much surrounds the input. */
  readonly padding: readonly (readonly [before: number, after: number])[];
  /** How far apart the elements of a window lie. */
  readonly dilation: readonly number[];
}

/** An option as one number for each axis; refuses fractions and what is below the least. */
export function perAxis(
  owner: string,
  option: string,
  value: Sides,
  axes: number,
  least = 1,
): readonly number[] {
  const list = Array.isArray(value) ? value : new Array(axes).fill(value);
  const shown = Array.isArray(value) ? showShape(value) : `${value}`;
  if (list.length !== axes) {
    throw new ValueError(owner, `${option} is ${shown}, for ${axes} axes`, {
      fix: `give ${option} one number, or ${axes}`,
    });
  }
  if (list.every((one) => Number.isSafeInteger(one) && one >= least)) return list;
  const integers = axes === 1 ? "an integer" : "integers";
  throw new ValueError(owner, `${option} is ${shown}, not ${integers} of at least ${least}`, {
    fix: `give ${option} ${integers} of at least ${least}`,
  });
}

/** How long a window is from its first element to its last, along each axis. */
export const spansOf = ({
  kernelSize,
  dilation,
}: Pick<Geometry, "kernelSize" | "dilation">): readonly number[] =>
  kernelSize.map((side, i) => dilation[i]! * (side - 1) + 1);

/** Refuses an input that is neither `[N, C, ...]` nor `[C, ...]`, or has other channels. */
export function checkInput(owner: string, x: Tensor, axes: number, channels?: number): void {
  const at = x.rank - axes - 1;
  const fitsRank = at === 0 || at === 1;
  if (fitsRank && (channels === undefined || x.shape[at] === channels)) return;
  const rest = [channels ?? "C", axes === 1 ? "L" : "H, W"].join(", ");
  const found = showShape(x.shape);
  throw new ShapeError(owner, `expected shape [N, ${rest}] or [${rest}], got ${found}`, {
    shapes: [x.shape],
    ...(fitsRank && { axis: at }),
    fix: fitsRank
      ? `give the layer inChannels: ${x.shape[at]}, or an input of ${channels} channels`
      : "reshape what goes in: examples first, then channels",
  });
}

/** Refuses an input in which not even one window fits. */
export function checkFits(owner: string, x: Tensor, geometry: Geometry): void {
  const { kernelSize, padding, dilation } = geometry;
  const spans = spansOf(geometry);
  const first = x.rank - spans.length;
  const padded = padding.map(([before, after], i) => before + x.shape[first + i]! + after);
  const axis = spans.findIndex((span, i) => span > padded[i]!);
  if (axis < 0) return;
  const kernel = `a kernel of ${showShape(kernelSize)} with dilation ${showShape(dilation)}`;
  const input = `an input of ${showShape(x.shape)}, ${showShape(padded)} with its padding`;
  throw new ShapeError(owner, `${kernel} spans ${showShape(spans)}, more than ${input}`, {
    shapes: [x.shape, kernelSize],
    axis: first + axis,
    fix: "use a smaller kernel or dilation, more padding, or a larger input",
  });
}
