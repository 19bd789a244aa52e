import type { Tensor } from "../../op.js";
import type { RecurrenceAttrs } from "../../ops/linearRecurrence.js";
import { recurrenceKernel } from "../kernels/recurrence.js";
import { bytesOf, collapse, dense, type LoopAxis } from "../layout.js";
import type { Target } from "./target.js";

const ALONE: LoopAxis = { side: 1, strides: [0, 0, 0] };

/** Step after step along the axis, for all that lies beside it in vectors. */
export function lowerRecurrence(node: Tensor, target: Target): void {
  const { axis, reverse } = node.attrs as RecurrenceAttrs;
  const { dtype, shape } = node;
  const out = { buffer: target.bufferOf(node), layout: dense(shape) };
  const operands = [out, ...node.inputs.map((input) => target.operand(input))];
  const along = operands.map(({ layout }) => layout.strides[axis]!);
  const first = reverse ? shape[axis]! - 1 : 0;
  const loops = collapse(
    shape.toSpliced(axis, 1),
    operands.map(({ layout }) => layout.strides.toSpliced(axis, 1)),
  );
  const best = loops.find(({ strides }) => strides[0] === 1) ?? longest(loops);
  const width = bytesOf(node);
  const steps = { side: shape[axis]!, strides: along.map((stride) => stride * (reverse ? -1 : 1)) };
  target.tasks.push({
    kind: "kernel",
    title: node.op.name,
    reads: operands.slice(1).map(({ buffer }) => buffer),
    writes: [out.buffer],
    addresses: operands.map(({ buffer, layout }, i) => {
      return { buffer, bytes: (layout.offset + first * along[i]!) * width };
    }),
    flops: 2 * node.size,
    generate: (generation) => {
      const outer = loops.filter((loop) => loop !== best);
      return recurrenceKernel({ dtype, outer, beside: best ?? ALONE, steps }, generation);
    },
  });
}

const longest = (loops: readonly LoopAxis[]): LoopAxis | undefined =>
  loops.toSorted((a, b) => b.side - a.side)[0];
