import { rounded } from "../../dtype.js";
import { sizeOf } from "../../shape.js";
import type { Buffer } from "../buffer.js";
import type { Access, Nest } from "../fuse/nest.js";
import { Expression } from "../lanes/expression.js";
import { collapse, type Layout } from "../layout.js";

/** Elements of a buffer, laid out so. */
interface Part {
  readonly buffer: Buffer;
  readonly layout: Layout;
}

/** The nest that copies the elements of one layout to those of another of the same shape. */
export function copyNest(from: Part, to: Part): Nest {
  const { dtype } = from.buffer.spec;
  const isFlat = sizeOf(from.layout.shape) === 1;
  const loops = isFlat
    ? [{ side: 1, strides: [0, 0] }]
    : collapse(from.layout.shape, [from.layout.strides, to.layout.strides]);
  const access = ({ buffer, layout }: Part, i: number): Access => ({
    buffer,
    offset: layout.offset,
    strides: loops.map(({ strides }) => strides[i]!),
  });
  const input = Expression.input(dtype, 0);
  return {
    lanes: dtype === "float64" ? 2 : 4,
    sides: loops.map(({ side }) => side),
    accesses: [access(from, 0), access(to, 1)],
    rowLoads: [],
    stages: [
      {
        loads: [{ access: 0, input }],
        folds: [],
        stores: [{ access: 1, value: input }],
        rowStores: [],
      },
    ],
  };
}

/** The nest that writes one number everywhere. */
export function fillNest(buffer: Buffer, value: number): Nest {
  const { dtype } = buffer.spec;
  const number = Expression.constant(dtype, rounded(dtype, value));
  return {
    lanes: dtype === "float64" ? 2 : 4,
    sides: [buffer.size],
    accesses: [{ buffer, offset: 0, strides: [1] }],
    rowLoads: [],
    stages: [{ loads: [], folds: [], stores: [{ access: 0, value: number }], rowStores: [] }],
  };
}
