import { sizeOf } from "../../shape.js";
import type { Buffer } from "../buffer.js";
import { collapse, type Layout, type LoopAxis, refine, split } from "../layout.js";
import { type Group, parted } from "./group.js";

/** How the elements of a buffer are visited: each, or one for every row. */
export interface Walk {
  readonly buffer: Buffer;
  readonly layout: Layout;
  readonly isRow: boolean;
}

/** The loops that all walks share: as few as possible, the row as one. */
export function loopsOf({ space, columns }: Group, walks: readonly Walk[]): LoopAxis[] {
  const width = columns ?? 1;
  const [outer, inner] = parted(space, width);
  const strides = walks.map(({ layout, isRow }) => {
    if (!isRow) return splitOn(layout, space);
    return [...splitOn(layout, outer), ...inner.map(() => 0)];
  });
  if (columns === null) {
    const loops = collapse(space, strides);
    return loops.length > 0 ? loops : [{ side: 1, strides: strides.map(() => 0) }];
  }
  const part = (from: number, to: number) => strides.map((own) => own.slice(from, to));
  const rows = collapse(outer, part(0, outer.length));
  const [row] = collapse(inner, part(outer.length, space.length));
  return [...rows, row ?? { side: 1, strides: strides.map(() => 0) }];
}

/** The strides of a layout on the axes of a nest; a dense one fits any. */
function splitOn({ shape, strides }: Layout, space: readonly number[]): number[] {
  if (refine(shape, space)?.length === space.length) return split(shape, strides, space);
  const [step] = collapse(shape, [strides]);
  const size = sizeOf(space);
  let covered = size;
  return space.map((side) => {
    covered /= side;
    return covered * (step?.strides[0] ?? 0);
  });
}
