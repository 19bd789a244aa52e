import { checkFunction } from "../arguments.js";
import { ShapeError, TraceError, ValueError } from "../errors.js";
import { Operand } from "../methods/operand.js";
import type { Tensor } from "../op.js";
import { normalizeAxis, showShape } from "../shape.js";
import { type Graph, readCapture, writeBack } from "../trace/graph.js";
import { traceOn } from "../trace/trace.js";
import { leavesOf, type Tree, type TreeOf, withLeaves } from "../tree.js";
import { batched, batchPiece, type Lanes, laneOf, shared, spread } from "./batch.js";
import { movedAxis } from "./lanes-in-place.js";

/**
 * Where the lanes lie: an axis, or null for what all lanes share. One for everything, or nested
 * like the arguments (or the result), as deep as there is something to tell apart.
 */
export type LaneAxes = number | null | readonly LaneAxes[] | { readonly [name: string]: LaneAxes };

export interface VmapOptions {
  /** For all arguments, or a list with one entry for each; 0 by default. */
  readonly inAxes?: LaneAxes;
  /** Where the lanes go in the results; 0 by default. */
  readonly outAxes?: LaneAxes;
}

/**
 * Turns a function of one example into one of many: it is recorded once, and each operation then
 * works on all lanes together. `vmap(grad(loss))` gives one gradient for each example.
 */
export function vmap<A extends readonly Tree[], R extends Tree>(
  f: (...inputs: A) => R,
  { inAxes = 0, outAxes = 0 }: VmapOptions = {},
): (...inputs: A) => TreeOf<R, Tensor> {
  checkFunction("vmap", f);
  return (...inputs) => {
    const given = leavesOf(inputs, "vmap").map((input) => input.asTensor());
    const axes = axesOf(inputs, inAxes, "inAxes").map((axis, i) => laneAxis(given[i]!, i, axis));
    const lanes = countLanes(given, axes);
    const arguments_ = given.map((x, i) => inFront(x, axes[i]!));
    const own = withLeaves(inputs, arguments_.map(laneOf));
    const { graph, result } = traceOn("vmap", f, own as unknown[]);
    const meaning = batchPiece(
      { ...graph, inputs: [...graph.inputs, ...graph.captures.map(({ node }) => node)] },
      [...arguments_, ...graph.captures.map((capture) => shared(readCapture(capture)))],
      lanes,
    );
    writeShared(graph, meaning);
    const places = axesOf(result, outAxes, "outAxes");
    const outputs = graph.outputs.map((node, i) => placed(meaning(node), places[i]!, lanes));
    return withLeaves(result, outputs) as TreeOf<R, Tensor>;
  };
}

/** One axis a leaf, from axes that may be given for whole branches. */
function axesOf(tree: unknown, axes: LaneAxes, option: string): (number | null)[] {
  const visit = (node: unknown, axes: LaneAxes | undefined, path: string): (number | null)[] => {
    if (node === null || node === undefined) return [];
    if (axes === null || typeof axes === "number") return leavesOf(node).map(() => axes);
    if (axes !== undefined && !(node instanceof Operand)) {
      const children = Object.entries(node as Record<string, unknown>);
      const names = Object.keys(axes);
      if (names.every((name) => Object.hasOwn(node as object, name))) {
        return children.flatMap(([name, child]) =>
          visit(child, (axes as Record<string, LaneAxes>)[name], `${path}.${name}`),
        );
      }
    }
    throw new ValueError("vmap", `${option}${path} does not fit what it stands for`, {
      fix: "give a number or null, or nest them like the arguments or results",
    });
  };
  return visit(tree, axes, "");
}

/** Where the lanes of the i-th tensor of the arguments lie. */
function laneAxis({ rank, shape }: Tensor, i: number, axis: number | null): number | null {
  if (axis === null || rank > 0) return axis && normalizeAxis("vmap", axis, rank);
  throw new ShapeError("vmap", `argument ${i} is a scalar: it has no axis ${axis} for lanes`, {
    shapes: [shape],
    axis,
    fix: "give it an axis for the examples, or use null in inAxes for what all lanes share",
  });
}

function countLanes(given: readonly Tensor[], axes: readonly (number | null)[]): number {
  const sides = given.flatMap((x, i) => (axes[i] === null ? [] : x.shape[axes[i]!]!));
  const [first] = sides;
  const shapes = given.map(({ shape }) => shape);
  const list = shapes.map(showShape).join(" and ");
  if (first === undefined) {
    throw new ShapeError("vmap", `no argument has lanes: shapes ${list}`, {
      shapes,
      fix: "name the axis of the examples in inAxes for at least one argument",
    });
  }
  if (first === 0) {
    throw new ShapeError("vmap", `there are no lanes: shapes ${list}`, {
      shapes,
      fix: "map over at least one example",
    });
  }
  if (sides.every((side) => side === first)) return first;
  throw new ShapeError(
    "vmap",
    `lanes of different number, ${sides.join(" and ")}: shapes ${list}`,
    {
      shapes,
      fix: "the mapped axes must have equal sides; use null in inAxes for what all lanes share",
    },
  );
}

const inFront = (x: Tensor, axis: number | null): Lanes =>
  axis === null ? shared(x) : batched(movedAxis(x, axis, 0));

function placed(lanesOf: Lanes, axis: number | null, lanes: number): Tensor {
  if (axis !== null) {
    const all = spread(lanesOf, lanes);
    return movedAxis(all, 0, normalizeAxis("vmap", axis, all.rank));
  }
  if (!lanesOf.batched) return lanesOf.tensor;
  throw new ValueError("vmap", "outAxes is null for a result that differs from lane to lane", {
    shapes: [lanesOf.tensor.shape],
    fix: "give the axis where its lanes shall go",
  });
}

/** Writes back what the function assigned, if it is one value for all lanes. */
function writeShared({ writes }: Graph, meaning: (node: Tensor) => Lanes): void {
  const results = writes.flatMap(({ node, cell, place }) => {
    if (!node) return [];
    const { tensor, batched } = meaning(node);
    if (!batched) return [tensor];
    const what = place === "grad" ? "the gradient of " : "";
    throw new TraceError("vmap", `${what}${cell.label ?? "a variable"} would differ by lane`, {
      shapes: [cell.shape],
      fix:
        place === "grad"
          ? "return grad(...) instead of calling backward() inside vmap"
          : "return the value instead of assigning it inside vmap",
    });
  });
  writeBack(writes, results);
}
