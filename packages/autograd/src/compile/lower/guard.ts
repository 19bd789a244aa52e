import { NDArray } from "../../ndarray.js";
import type { Op, Tensor } from "../../op.js";
import { argmax } from "../../ops/argmax.js";
import { argmin } from "../../ops/argmin.js";
import { argsort } from "../../ops/argsort.js";
import { gather } from "../../ops/gather.js";
import { type OneHotAttrs, oneHot } from "../../ops/oneHot.js";
import { randomPermutation } from "../../ops/randomPermutation.js";
import { scatterAdd } from "../../ops/scatterAdd.js";
import { Buffer } from "../buffer.js";
import { guardKernel } from "../kernels/guard.js";
import { collapse, type Layout } from "../layout.js";
import { loweringOf } from "./table.js";
import type { Operand, Target } from "./target.js";

interface Bounded {
  readonly index: Tensor;
  /** What the index has to stay below. */
  readonly bound: number;
}

const sideOf = ({ shape }: Tensor, attrs: unknown): number =>
  shape[(attrs as { readonly axis: number }).axis]!;

/** The ops that refuse some elements of an input. */
const bounds = new Map<Op, (node: Tensor) => Bounded>([
  [gather, ({ inputs: [x, index], attrs }) => ({ index: index!, bound: sideOf(x!, attrs) })],
  [scatterAdd, ({ inputs: [x, index], attrs }) => ({ index: index!, bound: sideOf(x!, attrs) })],
  [oneHot, ({ inputs: [x], attrs }) => ({ index: x!, bound: (attrs as OneHotAttrs).classes })],
]);

/** What results are below, whatever their inputs are. */
const reach = new Map<Op, (node: Tensor) => number>([
  [argmax, ({ inputs: [x], attrs }) => sideOf(x!, attrs)],
  [argmin, ({ inputs: [x], attrs }) => sideOf(x!, attrs)],
  [argsort, (node) => sideOf(node, node.attrs)],
  [randomPermutation, ({ size }) => size],
]);

/** Whether the op has to look at an input, even if its result has no elements. */
export const isGuarded = (node: Tensor): boolean =>
  (bounds.get(node.op)?.(node).index.size ?? 0) > 0;

/** Adds the task that looks at the index of a node before anything is done with it. */
export function guard(node: Tensor, target: Target): void {
  const { index, bound } = bounds.get(node.op)!(node);
  if (index.size === 0 || isBelow(index, bound)) return;
  const { buffer, layout } = inOrder(target.operand(index), target);
  const [from, count] = [layout.offset, layout.shape[0]!];
  if (!target.isFirst(buffer, `${count} from ${from} below ${bound}`)) return;
  target.tasks.push({
    kind: "kernel",
    title: `index below ${bound}`,
    reads: [buffer],
    writes: [],
    addresses: [{ buffer, bytes: 4 * from }],
    flops: 0,
    isGuard: true,
    generate: (generation) => guardKernel(count, bound, generation),
  });
}

/** Whether an index is known to be right. */
function isBelow(index: Tensor, bound: number): boolean {
  const { value, op, inputs } = index;
  if (typeof value === "number") return value >= 0 && value < bound;
  if (value instanceof NDArray) return value.data.every((own) => own >= 0 && own < bound);
  if (loweringOf(index) === "view") return isBelow(inputs[0]!, bound);
  return (reach.get(op)?.(index) ?? Number.POSITIVE_INFINITY) <= bound;
}

/** The same elements as a vector, repeats left out; copied, if they are apart. */
function inOrder({ buffer, layout }: Operand, target: Target): Operand {
  const { shape, strides, offset } = layout;
  const axes = collapse(
    shape.filter((_, axis) => strides[axis] !== 0),
    [strides.filter((stride) => stride !== 0)],
  );
  const [axis = { side: 1, strides: [1] }] = axes;
  if (axes.length <= 1 && axis.strides[0] === 1) {
    return { buffer, layout: { shape: [axis.side], strides: [1], offset } };
  }
  const own: Layout = {
    shape: axes.map(({ side }) => side),
    strides: axes.map(({ strides }) => strides[0]!),
    offset,
  };
  const copy = target.copy(
    { buffer, layout: own },
    new Buffer({ ...buffer.spec, shape: own.shape }),
  );
  return { buffer: copy, layout: { shape: [copy.size], strides: [1], offset: 0 } };
}
