import {
  type Operand,
  type Scope,
  type Shape,
  sameShape,
  showShape,
  type Tensor,
  type Tree,
  trace,
} from "@neurite/autograd";
import { flopsOf, type Piece, piecesIn } from "./analysis/flops.js";
import { namedValues } from "./analysis/named-values.js";
import { table } from "./analysis/table.js";
import type { Module } from "./module.js";

/** One module of a model. */
export interface SummaryRow {
  /** "" for the model itself. */
  readonly path: string;
  /** The name of its class. */
  readonly kind: string;
  /** The shapes of its results, each once; empty if it makes none of its own. */
  readonly outputs: readonly Shape[];
  /**
   * The elements of its own parameters, without those of modules inside; a shared one counts once.
   */
  readonly parameters: number;
  /** Of these, those that learn. */
  readonly trainable: number;
  /** The floating-point operations of its own, without those of modules inside. */
  readonly flops: number;
}

export interface Summary {
  readonly rows: readonly SummaryRow[];
  readonly parameters: number;
  readonly trainable: number;
  /** Of one call on such inputs; a multiplication that is added to a sum counts as two. */
  readonly flops: number;
  toString(): string;
}

/**
 * The modules of a model with the shapes they make of inputs like these, their parameters and what
 * a call costs. Nothing is computed: the call is traced, in the mode the model is in.
 */
export function summary<M extends Module>(model: M, x: Operand | readonly Operand[]): Summary {
  const inputs = (Array.isArray(x) ? x : [x]) as readonly Operand[];
  const call = (given: Tree): Tree =>
    model.apply(...(given as unknown as Parameters<M["forward"]>)) as Tree;
  const { graph } = trace(call, inputs as Tree);
  const costs = new Map(Array.from(model.namedModules(), ([, own]) => [own, new Cost()]));
  measure(model, graph, 1, costs);
  for (const output of graph.outputs) costs.get(model)!.add(output);
  const rows = rowsOf(model, costs);
  const total = (of: (row: SummaryRow) => number) => rows.reduce((sum, row) => sum + of(row), 0);
  const totals = {
    parameters: total((row) => row.parameters),
    trainable: total((row) => row.trainable),
    flops: total((row) => row.flops),
  };
  return { rows, ...totals, toString: () => show(rows, totals) };
}

/** What one module makes, and what that costs. */
class Cost {
  flops = 0;
  readonly outputs: Shape[] = [];

  add({ shape }: Tensor): void {
    if (!this.outputs.some((other) => sameShape(other, shape))) this.outputs.push(shape);
  }
}

type Costs = ReadonlyMap<Module, Cost>;

/** Adds what a piece of the graph computes to the modules that do it. */
function measure(model: Module, piece: Piece, times: number, costs: Costs): void {
  for (const node of piece.body) {
    costs.get(moduleOf(model, node.scope))!.flops += times * flopsOf(node);
    for (const inner of piecesIn(node)) measure(model, inner.piece, times * inner.times, costs);
  }
  for (const { node, scope, isLabel } of namedValues(piece.outputs)) {
    const module = moduleOf(model, scope);
    if (!isLabel && isOwnScope(module, scope)) costs.get(module)!.add(node);
  }
}

/** Whether a scope is that of a module, and not one inside it, such as a step in time. */
const isOwnScope = (module: Module, scope: Scope): boolean =>
  module.constructor.name === scope.kind;

/** The innermost module whose scope a node lies in: names that are no child's are passed over. */
function moduleOf(model: Module, scope: Scope): Module {
  const names: string[] = [];
  for (let at: Scope | null = scope; at; at = at.parent) if (at.name) names.unshift(at.name);
  return names.reduce<Module>((module, name) => childOf(module, name) ?? module, model);
}

function childOf(module: Module, name: string): Module | undefined {
  for (const [own, child] of module.children()) if (own === name) return child;
  return undefined;
}

function rowsOf(model: Module, costs: Costs): SummaryRow[] {
  const own = new Map<string, { parameters: number; trainable: number }>();
  const modules = [...model.namedModules()];
  const paths = modules.map(([path]) => path);
  for (const [path, { size, requiresGrad }] of model.namedParameters()) {
    const owner = ownerOf(path, paths);
    const { parameters, trainable } = own.get(owner) ?? { parameters: 0, trainable: 0 };
    own.set(owner, {
      parameters: parameters + size,
      trainable: trainable + (requiresGrad ? size : 0),
    });
  }
  return modules.map(([path, module]) => ({
    path,
    kind: module.constructor.name,
    flops: costs.get(module)!.flops,
    outputs: costs.get(module)!.outputs,
    ...(own.get(path) ?? { parameters: 0, trainable: 0 }),
  }));
}

/** The longest path of a module under which a parameter stands. */
const ownerOf = (parameter: string, paths: readonly string[]): string =>
  paths
    .filter((path) => path === "" || parameter.startsWith(`${path}.`))
    .reduce((longest, path) => (path.length > longest.length ? path : longest), "");

function show(
  rows: readonly SummaryRow[],
  { parameters, trainable, flops }: Pick<Summary, "parameters" | "trainable" | "flops">,
): string {
  const lines = rows.map((row) => [
    row.path || "(model)",
    row.kind,
    row.outputs.map(showShape).join(" ") || "-",
    ...[row.parameters, row.flops],
  ]);
  const count = (n: number) => Math.round(n).toLocaleString("en-US");
  const learning = trainable === parameters ? "" : `, ${count(trainable)} of them learning`;
  const totals = `${count(parameters)} parameters${learning}; ${count(flops)} FLOPs a call`;
  return `${table([["path", "class", "output", "parameters", "FLOPs"], ...lines])}\n${totals}`;
}
