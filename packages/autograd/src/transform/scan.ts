import { ShapeError, TraceError, ValueError } from "../errors.js";
import type { Tensor } from "../op.js";
import { sameShape, showShape } from "../shape.js";
import { readCapture, writeBack } from "../trace/graph.js";
import { traceOn } from "../trace/trace.js";
import { leavesOf, mapTree, type Tree, type TreeOf, withLeaves } from "../tree.js";
import { batched, laneOf } from "./batch.js";
import { recordScan } from "./scan-op.js";

export interface ScanOptions {
  /** From the last element to the first; results stay in their places. */
  readonly reverse?: boolean;
  /** How many steps, where there is no sequence to tell. */
  readonly length?: number;
  /** Saves only the carries, and computes the steps again in a backward pass. */
  readonly checkpoint?: boolean;
}

type ScanOf<C, Y> = [carry: TreeOf<C, Tensor>, ys: TreeOf<Y, Tensor>];

/**
 * A loop as one node: `f` takes a carry and one element of the sequences `xs` (along axis 0), and
 * returns the next carry and a result; scan returns the last carry and the results, stacked. The
 * body is recorded once. Variables that it assigns are carried along, and the gradient by one of
 * them is that by its value at the start.
 */
export function scan<C extends Tree, X extends Tree, Y extends Tree>(
  f: (carry: C, x: X) => readonly [C, Y],
  init: C,
  xs: X,
  { reverse = false, length, checkpoint = false }: ScanOptions = {},
): ScanOf<C, Y> {
  const start = leavesOf(init, "scan").map((leaf) => leaf.asTensor());
  const lists = leavesOf(xs, "scan").map((leaf) => leaf.asTensor());
  const steps = countSteps(lists, length);
  const carry = mapTree(init as unknown, (leaf) => leaf.placeholderLike());
  const element = withLeaves(
    xs,
    lists.map((list) => laneOf(batched(list))),
  );
  const { graph, result } = traceOn("scan", f, [carry, element]);
  const [next, y] = checkResult(result, start);

  const assigned = graph.writes.map(({ cell, place, node }) => {
    if (place === "value") return { cell, node: node! };
    throw new TraceError(
      "scan",
      `the body asks for the gradient of ${cell.label ?? "a variable"}`,
      {
        fix: "use grad(...) in the body instead of backward() and .grad",
      },
    );
  });
  const read = graph.captures.filter(({ cell }) => !assigned.some((write) => write.cell === cell));
  const carried = assigned.map(
    ({ cell, node }) =>
      graph.captures.find((capture) => capture.cell === cell)?.node ?? node.placeholderLike(),
  );
  const results = leavesOf(y).map((leaf) => leaf.asTensor());
  const n = start.length;
  const outputs = recordScan(
    {
      inputs: [
        ...graph.inputs.slice(0, n),
        ...carried,
        ...graph.inputs.slice(n),
        ...read.map(({ node }) => node),
      ],
      outputs: [...next, ...assigned.map(({ node }) => node), ...results],
      operands: [
        ...start,
        ...assigned.map(({ cell }) => cell.leaf),
        ...lists,
        ...read.map(readCapture),
      ],
      carries: n + assigned.length,
      sequences: lists.length,
    },
    { length: steps, reverse, recompute: checkpoint },
  );
  writeBack(graph.writes, outputs.slice(n, n + assigned.length));
  const ys = outputs.slice(n + assigned.length);
  return [withLeaves(init, outputs), withLeaves(y, ys)] as ScanOf<C, Y>;
}

function countSteps(lists: readonly Tensor[], given: number | undefined): number {
  const shapes = lists.map(({ shape }) => shape);
  const sides = shapes.map(([side]) => side);
  const length = given ?? sides[0];
  if (length === undefined) {
    throw new ValueError("scan", "there is nothing that tells how many steps", {
      shapes,
      fix: "give sequences with an axis 0, or the option length",
    });
  }
  if (!(Number.isInteger(length) && length >= 0)) {
    throw new ValueError("scan", `the length is ${length}`, {
      fix: "use an integer of at least 0",
    });
  }
  if (sides.every((side) => side === length)) return length;
  const list = shapes.map(showShape).join(" and ");
  throw new ShapeError("scan", `${length} steps over sequences of shapes ${list}`, {
    shapes,
    axis: 0,
    fix: `axis 0 of every sequence must be ${length}`,
  });
}

/** The carry has to come out as it goes in: the same number of tensors, shapes and dtypes. */
function checkResult(result: unknown, start: readonly Tensor[]): [carry: Tensor[], y: unknown] {
  if (!Array.isArray(result) || result.length !== 2) {
    throw new ValueError("scan", "the body did not return a pair", {
      fix: "return [carry, y]; y may be null",
    });
  }
  const next = leavesOf(result[0]).map((leaf) => leaf.asTensor());
  if (next.length !== start.length) {
    throw new ValueError("scan", `${start.length} carries go in, ${next.length} come out`, {
      fix: "return the carry nested as it came",
    });
  }
  for (const [i, { shape, dtype }] of start.entries()) {
    const out = next[i]!;
    if (sameShape(out.shape, shape) && out.dtype === dtype) continue;
    const [before, after] = [
      `${dtype} ${showShape(shape)}`,
      `${out.dtype} ${showShape(out.shape)}`,
    ];
    throw new ShapeError("scan", `carry ${i} goes in as ${before} and comes out as ${after}`, {
      shapes: [shape, out.shape],
      fix: "a carry keeps its shape and dtype: start with one of the shape that comes out",
    });
  }
  return [next, result[1]];
}
