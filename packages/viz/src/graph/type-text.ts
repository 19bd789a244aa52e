import type { GraphNode } from "./graph.js";

/** Shape and dtype as a drawing writes them. */
export const typeOf = ({ shape, dtype }: Pick<GraphNode, "shape" | "dtype">): string =>
  shape.length === 0 ? dtype : `${showShape(shape)} ${dtype}`;

export const showShape = (shape: readonly number[]): string => `[${shape.join(",")}]`;
