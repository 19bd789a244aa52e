import { cotangentsAt } from "../differentiate/grad.js";
import { isFloat } from "../dtype.js";
import { asArray, asValue } from "../execute.js";
import { copyInto, NDArray, type Value } from "../ndarray.js";
import type { Op, Spec, Tensor } from "../op.js";
import { isRecording, withRecording } from "../recording.js";
import { recordTuple } from "../tensor.js";
import type { Piece } from "../trace/graph.js";
import { recordAgain, run } from "../trace/interpret.js";
import { closed, type PieceOfLanes, pieceOfLanes, resultsOfLanes } from "./batch.js";
import { call } from "./call.js";
import { residualsOf } from "./residuals.js";

/**
 * A loop as data. The step takes carries, one element of each sequence, and constants; it returns
 * the next carries, its results, and what it saves for the derivative: first the carries it got.
 */
export interface ScanAttrs {
  readonly step: Piece;
  readonly carries: number;
  readonly sequences: number;
  readonly results: number;
  readonly length: number;
  readonly reverse: boolean;
  /** Whether the derivative computes a step again from its carries: nothing else is saved. */
  readonly recompute: boolean;
}

/** A loop before it is recorded: its step, and what the step's inputs are given. */
export interface Loop {
  /** In the order carries, sequences, constants. */
  readonly inputs: readonly Tensor[];
  /** In the order carries, results. */
  readonly outputs: readonly Tensor[];
  readonly operands: readonly Tensor[];
  readonly carries: number;
  readonly sequences: number;
}

/** Records a loop as one node; returns the last carries and the stacked results. */
export function recordScan(
  loop: Loop,
  options: Pick<ScanAttrs, "length" | "reverse" | "recompute">,
): Tensor[] {
  const { inputs, outputs, operands, carries, sequences } = loop;
  const kept = isRecording() ? inputs.slice(0, carries) : [];
  const saves = isRecording() && !options.recompute;
  const given = inputs.slice(0, carries + sequences);
  const saved = saves ? residualsOf(closed(inputs, outputs), given) : [];
  const step = closed(inputs, [...outputs, ...kept, ...saved]);
  const results = outputs.length - carries;
  const all = [...operands, ...step.inputs.slice(inputs.length)];
  const attrs = { ...options, step, carries, sequences, results };
  return recordTuple(scanOp, all, attrs).results().slice(0, outputs.length);
}

/** A loop over the first axis of its sequences, as one node. */
export const scanOp: Op<ScanAttrs> = call<ScanAttrs>({
  name: "scan",
  formula: {
    forward: "(cₜ₊₁, yₜ) = f(cₜ, xₜ) for t = 0 … n − 1",
    vjp: ["(c̄ₜ, x̄ₜ) = (c̄ₜ₊₁, ȳₜ)·∂f/∂(cₜ, xₜ), backwards"],
  },

  outputs: (_, { step, carries, length }) =>
    step.outputs.map(
      ({ shape, dtype }, i): Spec => ({ shape: i < carries ? shape : [length, ...shape], dtype }),
    ),

  run: (x, { step, carries, sequences, length, reverse }) => {
    let carry: readonly Value[] = x.slice(0, carries);
    const lists = x.slice(carries, carries + sequences) as readonly NDArray[];
    const constants = x.slice(carries + sequences);
    const stacks = step.outputs
      .slice(carries)
      .map(({ shape, dtype }) => NDArray.empty(dtype, [length, ...shape]));
    for (let i = 0; i < length; i++) {
      const at = reverse ? length - 1 - i : i;
      const elements = lists.map((list) => asValue(item(list, at)));
      const outputs = run(step, [...carry, ...elements, ...constants]);
      carry = outputs.slice(0, carries);
      for (const [i, stack] of stacks.entries()) {
        copyInto(item(stack, at), asArray(outputs[carries + i]!, stack));
      }
    }
    return [...carry, ...stacks];
  },

  vjp: ({ g, x, y, attrs, needed }) => {
    const { step, carries: n, sequences: m, results: r, length } = attrs;
    const outputs = step.outputs;
    const saved = outputs.slice(n + r);
    const floats = (nodes: readonly Tensor[]) =>
      nodes.flatMap((x, i) => (isFloat(x.dtype) ? i : []));
    const ownCarries = floats(step.inputs.slice(0, n));
    const constants = x.slice(n + m);
    const asked = (i: number) => needed[i]! && isFloat(x[i]!.dtype);
    const ownLists = step.inputs.slice(n, n + m).flatMap((_, i) => (asked(n + i) ? i : []));
    const ownConstants = constants.flatMap((_, i) => (asked(n + m + i) ? i : []));
    // Cotangents that arrive at every step: of results, and (at higher order) of what was saved.
    const arriving = outputs.flatMap((node, i) => (i >= n && g[i] && isFloat(node.dtype) ? i : []));

    const loop = withRecording(true, () => {
      const like = (nodes: readonly Tensor[]) => nodes.map((node) => node.placeholderLike());
      const own = like(step.inputs);
      const again = recordAgain(step, own);
      const gCarries = like(ownCarries.map((i) => own[i]!));
      const gConstants = like(ownConstants.map((i) => own[n + m + i]!));
      const gArriving = like(arriving.map((i) => outputs[i]!));
      const wanted = [
        ...ownCarries.map((i) => own[i]!),
        ...ownConstants.map((i) => own[n + m + i]!),
        ...ownLists.map((i) => own[n + i]!),
      ];
      const cotangents = cotangentsAt(
        [...ownCarries, ...arriving].map((i) => again(outputs[i]!)),
        [...gCarries, ...gArriving],
        wanted,
      );
      const c = ownCarries.length;
      const sums = gConstants.map((sum, i) => sum.add(cotangents[c + i]!));
      return {
        // What was saved is read instead of computed again: the graph is cut there.
        inputs: [
          ...gCarries,
          ...gConstants,
          ...own.slice(n, n + m),
          ...saved.map(again),
          ...gArriving,
          ...own.slice(n + m),
        ],
        outputs: [...cotangents.slice(0, c), ...sums, ...cotangents.slice(c + sums.length)],
        carries: c + sums.length,
        sequences: m + saved.length + gArriving.length,
      };
    });
    const backwards = recordScan(
      {
        ...loop,
        operands: [
          ...ownCarries.map((i) => g[i] ?? y[i]!.constantLike(0)),
          ...ownConstants.map((i) => constants[i]!.constantLike(0)),
          ...x.slice(n, n + m),
          ...y.slice(n + r),
          ...arriving.map((i) => g[i]!),
          ...constants,
        ],
      },
      { length, reverse: !attrs.reverse, recompute: attrs.recompute },
    );
    const places = [
      ...ownCarries,
      ...ownConstants.map((i) => n + m + i),
      ...ownLists.map((i) => n + i),
    ];
    return x.map((_, i) => backwards[places.indexOf(i)]);
  },

  batch: ({ x, bare, batched, lanes, attrs }) => {
    const { carries, sequences } = attrs;
    const isCarry = (i: number) => i < carries;
    const isList = (i: number) => !isCarry(i) && i < carries + sequences;
    const [has, all] = stepOfLanes(attrs, batched, lanes);
    const operands = bare.map((input, i) => {
      if (isCarry(i)) return has[i] ? x[i]! : input;
      return isList(i) && has[i] ? swapFirst(input) : input;
    });
    const own = [...operands, ...all.piece.inputs.slice(bare.length)];
    const loop = recordTuple(scanOp, own, { ...attrs, step: all.piece });
    return resultsOfLanes(loop, all).map(({ tensor, batched }, i) => ({
      tensor: batched && !isCarry(i) ? swapFirst(tensor) : tensor,
      batched,
    }));
  },
});

/**
 * The step for many lanes, and which of its inputs have lanes: a carry gets them from whatever
 * enters it, in this step or a later one.
 */
function stepOfLanes(
  loop: Pick<ScanAttrs, "step" | "carries">,
  batched: readonly boolean[],
  lanes: number,
): [has: readonly boolean[], all: PieceOfLanes] {
  const { step, carries } = loop;
  const all = pieceOfLanes(step, batched, lanes, (i) => i < carries && batched[i]!);
  const has = batched.map((own, i) => own || (i < carries && all.batched[i]!));
  const isSettled = has.every((own, i) => own === batched[i]);
  return isSettled ? [has, all] : stepOfLanes(loop, has, lanes);
}

/** The element of a list at a place, as a view. */
const item = (list: NDArray, at: number): NDArray =>
  list.view(list.shape.slice(1), list.strides.slice(1), list.offset + at * list.strides[0]!);

const swapFirst = (x: Tensor): Tensor =>
  x.transpose([1, 0, ...x.shape.map((_, axis) => axis).slice(2)]);
