import { IndexError, type Tensor } from "@neurite/autograd";

/**
 * Along which axis the units of a layer's output lie: the channels of `[n, C, H, W]`, and the last
 * axis of all else. Which axis of three is meant only the caller knows: `[n, C, L]` or `[n, t, C]`.
 */
export const unitAxisOf = ({ rank }: Pick<Tensor, "rank">): number => (rank === 4 ? 1 : rank - 1);

/** How many units lie along an axis; what has only rows is one unit. */
export const unitCount = ({ shape }: Tensor, axis: number): number =>
  axis === 0 ? 1 : (shape[axis] ?? 0);

/** The elements of a layer's output `[rows, …]`, unit by unit, each with its rows in order. */
export function byUnit(output: Tensor, axis: number): Float64Array[] {
  const elements = output.toTypedArray();
  const units = unitCount(output, axis);
  const inner = output.shape.slice(axis + 1).reduce((size, side) => size * side, 1);
  const each = elements.length / units;
  return Array.from({ length: units }, (_, unit) =>
    Float64Array.from(
      { length: each },
      (_, i) => elements[(Math.floor(i / inner) * units + unit) * inner + (i % inner)]!,
    ),
  );
}

/** Refuses the number of a unit that a layer has not. */
export function checkUnit(op: string, path: string, output: Tensor, axis: number, unit: number) {
  const units = unitCount(output, axis);
  if (Number.isInteger(unit) && unit >= 0 && unit < units) return;
  throw new IndexError(op, `unit ${unit} of "${path}", which has ${units}`, {
    shapes: [output.shape],
    axis,
    fix: `use a unit from 0 to ${units - 1}`,
  });
}
