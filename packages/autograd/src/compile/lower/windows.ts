import type { Tensor } from "../../op.js";
import type { FoldAttrs } from "../../ops/fold.js";
import { stridesOf } from "../../shape.js";
import { Expression } from "../lanes/expression.js";
import { collapse, type LoopAxis } from "../layout.js";
import { fillNest } from "./copy.js";
import type { Target } from "./target.js";

const ONCE: LoopAxis = { side: 1, strides: [0, 0] };

/** Adds windows to where they were taken from: the first elements of all, then the second ones. */
export function lowerWindows(node: Tensor, target: Target): void {
  const { axis, step, dilation } = node.attrs as FoldAttrs;
  const { dtype } = node;
  const { buffer, layout } = target.operand(node.inputs[0]!);
  const { shape, strides } = layout;
  const ofResult = stridesOf(node.shape);
  const windows = ofResult.with(axis, step * ofResult[axis]!);
  const part = (from: number, to: number) =>
    collapse(shape.slice(from, to), [windows.slice(from, to), strides.slice(from, to)]);
  // Windows overlap within a slice along the axes before theirs, so that only those are apart.
  const outer = part(0, axis);
  const inner = part(axis, shape.length - 1);
  const place = {
    side: shape.at(-1)!,
    strides: [dilation * ofResult[axis]!, strides.at(-1)!],
  };
  const loops = [
    ...(outer.length > 0 ? outer : [ONCE]),
    place,
    ...(inner.length > 0 ? inner : [ONCE]),
  ];
  const out = target.bufferOf(node);
  const [sum, term] = [Expression.input(dtype, 0), Expression.input(dtype, 1)];
  target.nest(fillNest(out, 0), "fill");
  target.nest(
    {
      lanes: dtype === "float64" ? 2 : 4,
      sides: loops.map(({ side }) => side),
      accesses: [
        { buffer: out, offset: 0, strides: loops.map(({ strides }) => strides[0]!) },
        { buffer, offset: layout.offset, strides: loops.map(({ strides }) => strides[1]!) },
      ],
      rowLoads: [],
      stages: [
        {
          loads: [
            { access: 0, input: sum },
            { access: 1, input: term },
          ],
          folds: [],
          stores: [{ access: 0, value: sum.add(term) }],
          rowStores: [],
        },
      ],
    },
    node.op.name,
    node.inputs[0]!.size,
  );
}
