import type { DetailOptions } from "../graph/detail.js";
import type { GraphOptions } from "../graph/graph-of.js";
import type { Scale } from "./gradient-scale.js";
import type { Theme } from "./palette.js";

/** How a graph is drawn. */
export interface DotOptions extends GraphOptions, DetailOptions {
  /** Left to right, or top to bottom; by default what keeps the drawing from becoming a ribbon. */
  readonly rankdir?: "LR" | "TB";
  /** Numbers in the nodes: none, statistics of tensors, or (default) all elements that fit. */
  readonly values?: "none" | "stat" | "full";
  /** Significant digits; default 4. */
  readonly precision?: number;
  /** What is written on an edge. Default: what backward sent through it, while there is room. */
  readonly edge?: "none" | "shape" | "contribution";
  /** The gradients between which width and colour differ; whole decades of the graph by default. */
  readonly scale?: Scale;
  /** The ground the colours are made for; a rendered SVG adapts to the reader's by itself. */
  readonly theme?: Theme;
}
