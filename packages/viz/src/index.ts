export { toDot } from "./drawing/computation.js";
export { gradientFlowToDot } from "./drawing/gradient-flow.js";
export type { Scale } from "./drawing/gradient-scale.js";
export type { DotOptions } from "./drawing/options.js";
export type { Theme } from "./drawing/palette.js";
export type { Source } from "./drawing/source.js";
export type { Graph, GraphEdge, GraphNode, GraphScope, Role, Stat } from "./graph/graph.js";
export { type GraphOptions, graphOf } from "./graph/graph-of.js";
export { neuronToDot } from "./neuron/neuron-to-dot.js";
