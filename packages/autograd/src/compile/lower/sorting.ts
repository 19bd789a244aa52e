import type { Tensor } from "../../op.js";
import type { ArgsortAttrs } from "../../ops/argsort.js";
import { roundsFor } from "../../ops/randomPermutation.js";
import { Buffer, POSITIONS } from "../buffer.js";
import { type Sort, sortKernel } from "../kernels/sort.js";
import { Expression } from "../lanes/expression.js";
import { bytesOf, collapse, dense } from "../layout.js";
import { fillNest } from "./copy.js";
import { randomBits, threefryWords } from "./random.js";
import type { Operand, Target } from "./target.js";

/** Sorts row by row, wherever the rows lie. */
export function lowerArgsort(node: Tensor, target: Target): void {
  const { axis, descending } = node.attrs as ArgsortAttrs;
  const x = target.operand(node.inputs[0]!);
  const out = { buffer: target.bufferOf(node), layout: dense(node.shape) };
  const strides = [out, x].map(({ layout }) => layout.strides);
  const rows = collapse(
    node.shape.toSpliced(axis, 1),
    strides.map((own) => own.toSpliced(axis, 1)),
  );
  const row = { side: node.shape[axis]!, strides: strides.map((own) => own[axis]!) };
  const { dtype } = node.inputs[0]!;
  sort({ dtype, rows, row, descending, hasValues: false }, [out, x], target);
}

/** Sorts by random numbers, as often as eager execution does. */
export function lowerPermutation(node: Tensor, target: Target): void {
  const { shape, size } = node;
  const [rounds, out] = [roundsFor(size), target.bufferOf(node)];
  if (rounds === 0) target.nest(fillNest(out, 0), "fill"); // of one element
  let key = target.operand(node.inputs[0]!);
  let order: Operand[] = [];
  for (let round = 1; round <= rounds; round++) {
    // Two keys: one to go on with, and one for the numbers of this round.
    const keys = vector(new Buffer({ shape: [4], dtype: "int32" }));
    drawn(keys.buffer, key, (x) => threefryWords(0, x), target);
    key = { buffer: keys.buffer, layout: { shape: [2], strides: [1], offset: 0 } };
    const own = { buffer: keys.buffer, layout: { ...key.layout, offset: 2 } };
    const ranks = vector(new Buffer({ shape, dtype: "int32" }));
    // The order of unsigned numbers is that of signed ones after a turn by half of all.
    drawn(ranks.buffer, own, (x) => randomBits(x).xor(-(2 ** 31)), target);
    const next = vector(round === rounds ? out : new Buffer({ shape, dtype: "int32" }));
    const row = { side: size, strides: [1, 1] };
    const hasValues = order.length > 0;
    const task: Sort = { dtype: "int32", rows: [], row, descending: false, hasValues };
    sort(task, [next, ranks, ...order], target);
    order = [next];
  }
}

const vector = (buffer: Buffer): Operand => ({ buffer, layout: dense(buffer.spec.shape) });

function sort(task: Sort, operands: readonly Operand[], target: Target): void {
  const [out, ...inputs] = operands;
  target.tasks.push({
    kind: "kernel",
    title: "sort",
    reads: inputs.map(({ buffer }) => buffer),
    writes: [out!.buffer],
    addresses: operands.map(({ buffer, layout }) => {
      return { buffer, bytes: layout.offset * bytesOf(buffer.spec) };
    }),
    flops: 0,
    generate: (generation) => sortKernel(task, generation),
  });
}

/** Fills a buffer with what a formula makes of a key and positions. */
function drawn(
  buffer: Buffer,
  { buffer: key, layout: { strides, offset } }: Operand,
  formula: (x: readonly Expression[]) => Expression,
  target: Target,
): void {
  const inputs = [0, 1, 2].map((i) => Expression.input("int32", i));
  target.nest(
    {
      lanes: 4,
      sides: [buffer.size],
      accesses: [
        { buffer: key, offset, strides: [0] },
        { buffer: key, offset: offset + strides[0]!, strides: [0] },
        { buffer: POSITIONS, offset: 0, strides: [1] },
        { buffer, offset: 0, strides: [1] },
      ],
      rowLoads: [],
      stages: [
        {
          loads: inputs.map((input, access) => ({ access, input })),
          folds: [],
          stores: [{ access: 3, value: formula(inputs) }],
          rowStores: [],
        },
      ],
    },
    "random bits",
  );
}
