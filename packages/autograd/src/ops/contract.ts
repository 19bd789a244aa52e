import { ShapeError } from "../errors.js";
import { arithmetic } from "../families/dtypes.js";
import type { NDArray } from "../ndarray.js";
import { matmul } from "../numerics/matmul.js";
import { primitive, type Tensor } from "../op.js";
import { showShape, sizeOf } from "../shape.js";

/** Which axes of a and b are summed over in pairs, and which run along together. */
export interface ContractAttrs {
  readonly axes: readonly [a: readonly number[], b: readonly number[]];
  readonly batch: readonly [a: readonly number[], b: readonly number[]];
}

type Side = 0 | 1;

export const freeAxes = (rank: number, side: Side, { axes, batch }: ContractAttrs): number[] =>
  Array.from({ length: rank }, (_, axis) => axis).filter(
    (axis) => !axes[side].includes(axis) && !batch[side].includes(axis),
  );

/**
 * The sum of products over pairs of axes: under dot, matmul and every layer with weights. The axes
 * of the result are the batch axes, then the free axes of a, then those of b.
 */
export const contract = primitive<readonly [Tensor, Tensor], ContractAttrs>({
  name: "contract",
  family: "contraction",
  formula: { forward: "y = a·b", vjp: ["ā = ȳ·bᵀ", "b̄ = aᵀ·ȳ"] },
  shape: ([a, b], attrs) => {
    const shapes = [a!.shape, b!.shape] as const;
    for (const [aAxes, bAxes] of [attrs.axes, attrs.batch]) {
      for (const [i, axis] of aAxes.entries()) {
        const [left, right] = [shapes[0][axis]!, shapes[1][bAxes[i]!]!];
        if (left === right) continue;
        const [a, b] = shapes.map(showShape);
        const clash = `axis ${axis} of ${a} is ${left} but axis ${bAxes[i]} of ${b} is ${right}`;
        throw new ShapeError("contract", clash, {
          shapes,
          axis,
          fix: "contracted axes must have equal sides",
        });
      }
    }
    return [
      ...attrs.batch[0].map((axis) => shapes[0][axis]!),
      ...freeAxes(shapes[0].length, 0, attrs).map((axis) => shapes[0][axis]!),
      ...freeAxes(shapes[1].length, 1, attrs).map((axis) => shapes[1][axis]!),
    ];
  },
  dtype: ([a]) => arithmetic("contract", a!),
  forward: (out, x, attrs) => {
    const a = x[0]!;
    const b = x[1]!;
    const freeA = freeAxes(a.shape.length, 0, attrs);
    const freeB = freeAxes(b.shape.length, 1, attrs);
    const left = inOrder(a, [...attrs.batch[0], ...freeA, ...attrs.axes[0]]);
    const right = inOrder(b, [...attrs.batch[1], ...attrs.axes[1], ...freeB]);
    const size = (array: NDArray, axes: readonly number[]) =>
      sizeOf(axes.map((i) => array.shape[i]!));
    const [rows, inner, columns] = [size(a, freeA), size(a, attrs.axes[0]), size(b, freeB)];
    for (let i = size(a, attrs.batch[0]) - 1; i >= 0; i--) {
      const starts = [i * rows * columns, i * rows * inner, i * inner * columns] as const;
      matmul(out.data, left.data, right.data, starts, [rows, inner, columns]);
    }
  },
  vjp: [
    ({ g, x: [a, b], attrs }) => cotangent(g, a, b, 0, attrs),
    ({ g, x: [a, b], attrs }) => cotangent(g, b, a, 1, attrs),
  ],
  batch: ({ bare: [a, b], batched, attrs: { axes, batch }, apply }) => {
    const moved = (list: readonly number[], side: Side) =>
      batched[side] ? list.map((axis) => axis + 1) : list;
    const pairs = [moved(axes[0], 0), moved(axes[1], 1)] as const;
    const along = [moved(batch[0], 0), moved(batch[1], 1)] as const;
    if (batched[0] && batched[1]) {
      return apply([a, b], {
        axes: pairs,
        batch: [
          [0, ...along[0]],
          [0, ...along[1]],
        ],
      });
    }
    // Lanes of one operand are one more free axis: still a single product of matrices.
    const attrs = { axes: pairs, batch: along };
    const y = apply([a, b], attrs);
    const lane = along[0].length + (batched[0] ? 0 : freeAxes(a.rank, 0, attrs).length);
    const others = y.shape.map((_, axis) => axis).filter((axis) => axis !== lane);
    return y.transpose([lane, ...others]);
  },
});

const inOrder = (x: NDArray, order: readonly number[]): NDArray =>
  x
    .view(
      order.map((axis) => x.shape[axis]!),
      order.map((axis) => x.strides[axis]!),
    )
    .contiguous();

/**
 * Contracts g with the other operand over that one's free axes, then restores the order of axes.
 */
function cotangent(
  g: Tensor,
  self: Tensor,
  other: Tensor,
  side: Side,
  attrs: ContractAttrs,
): Tensor {
  const opposite = (1 - side) as Side;
  const ownFree = freeAxes(self.rank, side, attrs);
  const otherFree = freeAxes(other.rank, opposite, attrs);
  const batchRank = attrs.batch[0].length;
  const skipped = batchRank + (side === 0 ? ownFree.length : 0);
  const result = g.contract(other, {
    axes: [otherFree.map((_, i) => skipped + i), otherFree],
    batch: [attrs.batch[0].map((_, i) => i), attrs.batch[opposite]],
  });
  // What is left of `other` are its contracted axes, in its own order: name them by ours.
  const contracted = attrs.axes[opposite]
    .map((axis, i) => [axis, attrs.axes[side][i]!] as const)
    .sort(([first], [second]) => first - second)
    .map(([, own]) => own);
  const order = [...attrs.batch[side], ...ownFree, ...contracted];
  return result.transpose(order.map((_, axis) => order.indexOf(axis)));
}
