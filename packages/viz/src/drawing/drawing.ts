import type { GraphScope } from "../graph/graph.js";

/** A node as it will be drawn. Text is plain here: the writer escapes it. */
export interface DrawnNode {
  readonly id: string;
  readonly shape: "record" | "box" | "box3d" | "octagon";
  /** The first class names the fill. */
  readonly classes: readonly string[];
  readonly rows: readonly string[];
  /** The rows stand side by side. */
  readonly isFlat?: boolean;
  readonly tooltip: string;
  readonly scope: string | null;
  readonly penwidth: number;
  readonly border?: "dashed" | "dotted";
}

/** An edge as it will be drawn. */
export interface DrawnEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** The first class names the colour: `g0` … `g5`, `zero`, `broken`, `silent` or `plain`. */
  readonly classes: readonly string[];
  readonly penwidth: number;
  readonly weight: number;
  readonly label?: string | undefined;
  readonly tooltip: string;
}

/** All that is written into one DOT file. */
export interface Drawing {
  readonly name: string;
  readonly rankdir: "LR" | "TB";
  /** Whether ranks stand close together, as in a column of many layers. */
  readonly isDense: boolean;
  /** Whether each node is one line, and stands as close to the next as its edge allows. */
  readonly isColumn?: boolean;
  /** Nodes that stand in one straight line. */
  readonly lane?: ReadonlySet<string>;
  /** Edges whose ends share a rank. */
  readonly beside: readonly Pick<DrawnEdge, "from" | "to">[];
  /** Classes of the whole drawing: they tell the renderer what its legend has to explain. */
  readonly classes: readonly string[];
  /** What a reader who cannot see the drawing is told. */
  readonly summary: string;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  readonly scopes: readonly GraphScope[];
}
