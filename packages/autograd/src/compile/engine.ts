import type { Tensor } from "../op.js";
import type { Graph } from "../trace/graph.js";
import type { Report } from "./explain.js";

/** A graph that is ready to run. */
export interface LoadedGraph {
  /** Reads arguments and captures, computes, does the graph's writes; gives the outputs. */
  run(inputs: readonly Tensor[]): readonly Tensor[];
  /** The module as text, where there is one. */
  wat?(): string;
  /** Measures what runs for such arguments; variables stay as they are. */
  explain?(inputs: readonly Tensor[]): Report;
}

/** What runs traced graphs. */
export interface Engine {
  readonly name: string;
  /** Makes a graph ready to run. Variables stay as they are. */
  load(graph: Graph): LoadedGraph;
}

/** A graph that is ready to run; its calls follow one another. */
export interface AsyncLoadedGraph {
  /** Like `LoadedGraph.run`; rejects without having written anything. */
  run(inputs: readonly Tensor[]): Promise<readonly Tensor[]>;
}

/** An engine that answers later. */
export interface AsyncEngine {
  readonly name: string;
  readonly isAsync: true;
  load(graph: Graph): Promise<AsyncLoadedGraph>;
}
