import type { Contents, Graph, GraphEdge, GraphNode, GraphScope, Stat } from "./graph.js";
import { groupBy } from "./group-by.js";
import { pooled } from "./stat.js";

/**
 * Draws each of these scopes as one node. A node belongs to the outermost collapsed scope around
 * it; edges within a scope disappear, and those from one node into a scope become one.
 */
export function collapse(graph: Graph, scopes: ReadonlySet<string>): Graph {
  const boxes = boxesOf(graph.scopes, scopes);
  const boxOf = ({ scope }: GraphNode) => (scope === null ? undefined : boxes.get(scope));
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const place = (id: string) => boxOf(nodes.get(id)!) ?? id;

  const members = groupBy(graph.nodes, ({ id }) => place(id));
  const drawn = Array.from(members, ([id, group]): GraphNode => {
    const scope = boxes.has(id) ? graph.scopes.find((scope) => scope.id === id) : undefined;
    return scope ? summary(scope, group) : group[0]!;
  });
  const crossing = graph.edges.filter(({ from, to }) => place(from) !== place(to));
  const bundles = groupBy(crossing, ({ from, to, id }) =>
    boxes.has(place(to)) ? `${place(from)} ${place(to)}` : id,
  );
  const slots = new Map<string, number>();
  const edges = Array.from(bundles.values(), (bundle): GraphEdge => {
    const { from, to, ...rest } = bundle[0]!;
    if (!boxes.has(place(to))) return { ...bundle[0]!, from: place(from) };
    const slot = slots.get(place(to)) ?? 0;
    slots.set(place(to), slot + 1);
    const values = groupBy(bundle, (edge) => nodes.get(edge.from)!);
    const contribution = pooledOver(values, (value, uses) => through(graph, uses, value));
    const ends = { id: `${place(to)}-${slot}`, from: place(from), to: place(to), slot };
    return { ...(bundle.length === 1 && rest), ...ends, ...(contribution && { contribution }) };
  });
  return { ...graph, nodes: drawn, edges };
}

/** The scopes that no other scope lies in: the layers of a model. */
export function innermost(scopes: readonly GraphScope[]): Set<string> {
  const outer = new Set(scopes.map(({ parent }) => parent));
  return new Set(scopes.flatMap(({ id }) => (outer.has(id) ? [] : [id])));
}

/** The scopes `depth` levels in, counted from 1, and those that end before. */
export function atDepth(scopes: readonly GraphScope[], depth: number): Set<string> {
  const levels = levelsOf(scopes);
  const ends = innermost(scopes);
  return new Set(
    scopes.flatMap(({ id }) => {
      const level = levels.get(id)!;
      return level === depth || (level < depth && ends.has(id)) ? [id] : [];
    }),
  );
}

/** How deep each scope lies; 1 for the outermost, which come first. */
export function levelsOf(scopes: readonly GraphScope[]): Map<string, number> {
  const levels = new Map<string, number>();
  for (const { id, parent } of scopes) levels.set(id, 1 + (parent ? levels.get(parent)! : 0));
  return levels;
}

/** For every scope that disappears into a box, the box. Outer scopes come first. */
function boxesOf(scopes: readonly GraphScope[], collapsed: ReadonlySet<string>) {
  const boxes = new Map<string, string>();
  for (const { id, parent } of scopes) {
    const box = (parent ? boxes.get(parent) : undefined) ?? (collapsed.has(id) ? id : undefined);
    if (box) boxes.set(id, box);
  }
  return boxes;
}

function summary(scope: GraphScope, members: readonly GraphNode[]): GraphNode {
  const result = members.findLast(isLoss) ?? members.findLast(isResult);
  const last = result ?? members.at(-1)!;
  const parameters = members.filter(({ role }) => role === "parameter");
  const dead = members.flatMap(({ dead }) => dead ?? []);
  return {
    id: scope.id,
    op: scope.kind,
    label: scope.path,
    role: "collapsed",
    shape: last.shape,
    dtype: last.dtype,
    scope: scope.parent,
    ...(last.data && { data: last.data }),
    grad: gradOf(parameters.length > 0 ? parameters : [last]),
    ...(dead.length > 0 && { dead: dead.reduce(together) }),
    contents: {
      ops: members.filter(({ role }) => role !== "parameter" && role !== "constant").length,
      parameters: parameters.reduce((n, { shape }) => n + sizeOf(shape), 0),
      ...(result && { result: resultOf(result) }),
    },
  };
}

const isLoss = ({ role }: GraphNode): boolean => role === "loss";

const isResult = ({ role }: GraphNode): boolean => role === "output";

const resultOf = ({ role, label }: GraphNode): NonNullable<Contents["result"]> => ({
  role: role === "loss" ? role : "output",
  ...(label !== undefined && { label }),
});

const together = (a: { units: number; of: number }, b: typeof a) => ({
  units: a.units + b.units,
  of: a.of + b.of,
});

/** The gradient of all parameters of a scope together. */
function gradOf(members: readonly GraphNode[]): GraphNode["grad"] {
  const parts = members.flatMap(({ grad, shape }) =>
    typeof grad === "string" ? [] : [{ stat: grad, size: sizeOf(shape) }],
  );
  if (parts.length > 0) return pooled(parts);
  return members.some(({ grad }) => grad === "not-run") ? "not-run" : "none";
}

/** The gradient of several values together. */
function pooledOver(
  values: ReadonlyMap<GraphNode, readonly GraphEdge[]>,
  gradient: (value: GraphNode, uses: readonly GraphEdge[]) => Stat | undefined,
): Stat | undefined {
  const parts = Array.from(values, ([value, uses]) => ({
    stat: gradient(value, uses),
    size: sizeOf(value.shape),
  })).filter((part): part is { stat: Stat; size: number } => part.stat !== undefined);
  return parts.length > 1 ? pooled(parts) : parts[0]?.stat;
}

/**
 * The gradient that a value receives out of a scope which uses it several times. If nothing else
 * uses it, that is its gradient; otherwise the contributions are taken as independent.
 */
function through(graph: Graph, bundle: readonly GraphEdge[], value: GraphNode): Stat | undefined {
  if (bundle.length === 1) return bundle[0]!.contribution;
  const uses = graph.edges.filter(({ from }) => from === value.id).length;
  if (uses === bundle.length && typeof value.grad !== "string") return value.grad;
  const parts = bundle.flatMap(({ contribution }) => contribution ?? []);
  if (parts.length === 0) return undefined;
  const mean = pooled(parts.map((stat) => ({ stat, size: 1 })));
  return { ...mean, rms: mean.rms * Math.sqrt(parts.length), mean: mean.mean * parts.length };
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((n, side) => n * side, 1);
