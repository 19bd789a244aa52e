import type { ReduceAttrs } from "../../families/reduction.js";
import type { Tensor } from "../../op.js";
import { sizeOf } from "../../shape.js";
import type { Piece } from "../../trace/graph.js";
import { isDense, type Layout, refine } from "../layout.js";
import { isGuarded } from "../lower/guard.js";
import { positionalOf } from "../lower/positional.js";
import { isFoldable, loweringOf } from "../lower/table.js";
import { type Addition, additionsOf } from "./addends.js";
import { Group, hasEvenRows, type Level, repeatsRows } from "./group.js";
import { Sources } from "./sources.js";

/** A longer kernel keeps no more in registers, and V8 takes ever longer to compile it. */
const MOST_WORK = 256;

/**
 * Divides a piece into groups, each of which becomes one task: elementwise nodes join the group of
 * what they read as long as they walk the same elements, folds of rows join what they fold, and
 * nothing joins if a third group would have to run in between.
 */
export class Grouping {
  readonly sources: Sources;
  readonly #groups = new Map<Tensor, Group>();
  readonly #all: Group[] = [];
  readonly #additions: ReadonlyMap<Tensor, Addition>;

  constructor(piece: Pick<Piece, "inputs" | "body" | "outputs">) {
    this.sources = new Sources(piece.inputs);
    this.#additions = additionsOf(piece, this.sources);
    const absorbed = new Set([...this.#additions.values()].map(({ product }) => product));
    for (const [at, node] of piece.body.entries()) {
      if (this.sources.isView(node) || absorbed.has(node)) continue;
      if (this.#additions.has(node)) {
        this.#alone(node, at);
        continue;
      }
      if (sizeOf(node.shape) === 0) {
        if (isGuarded(node)) this.#alone(node, at);
        continue;
      }
      const kind = loweringOf(node);
      if (kind === "lanes" || kind === "positional") this.#place(node, at, null);
      else if (kind === "fold" && isFoldable(node) && this.foldedColumns(node)) {
        this.#place(node, at, this.foldedColumns(node));
      } else this.#alone(node, at);
    }
  }

  /** The groups that are left, in an order in which they can run. */
  get groups(): readonly Group[] {
    const left = this.#all.filter((group) => group.present === group);
    const order = new Set<Group>();
    const waiting = left.sort((a, b) => b.last - a.last);
    while (waiting.length > 0) {
      const group = waiting.at(-1)!;
      const needed = order.has(group) ? [] : [...group.needed()].filter((one) => !order.has(one));
      waiting.push(...needed);
      if (needed.length > 0) continue;
      order.add(group);
      waiting.pop();
    }
    return [...order];
  }

  /** The product that ends with a sum, if the node is such a sum. */
  additionOf(node: Tensor): Addition | undefined {
    return this.#additions.get(node);
  }

  /** What the task of a node reads. */
  operandsOf(node: Tensor): readonly Tensor[] {
    const addition = this.#additions.get(node);
    return addition ? [...addition.product.inputs, addition.addend] : node.inputs;
  }

  groupOf(node: Tensor): Group | undefined {
    return this.#groups.get(node)?.present;
  }

  /** How many elements a fold takes together if these are the rows of its input; else null. */
  foldedColumns(node: Tensor): number | null {
    const [x] = node.inputs;
    const { axes } = node.attrs as ReduceAttrs;
    const first = x!.shape.findIndex((side, axis) => side !== 1 && axes.includes(axis));
    const isRow = x!.shape.every((side, axis) => side === 1 || axis < first || axes.includes(axis));
    const columns = sizeOf(axes.map((axis) => x!.shape[axis]!));
    if (first < 0 || !isRow || columns === 0) return null;
    return hasEvenRows(this.sources.of(x!).layout, columns) ? columns : null;
  }

  #alone(node: Tensor, at: number): void {
    const group = new Group(node.shape, null, 0);
    group.add(node, "element", at);
    this.#all.push(group);
    this.#groups.set(node, group);
    for (const input of this.operandsOf(node)) this.#need(group, input);
  }

  #need(group: Group, input: Tensor): void {
    const owner = this.groupOf(this.sources.of(input).base);
    if (owner && owner !== group) group.need(owner);
  }

  /** Puts a node into a group of its own, and then that into those it may join. */
  #place(node: Tensor, at: number, columns: number | null): void {
    const shape = columns === null ? node.shape : node.inputs[0]!.shape;
    const rows = sizeOf(shape) / (columns ?? 1);
    const space = columns === null ? refine(shape, shape)! : refine(shape, [rows, columns])!;
    let group = new Group(space, columns, lanesOf(node));
    group.add(node, columns === null ? "element" : "row", at);
    this.#all.push(group);
    this.#groups.set(node, group);
    for (const input of node.inputs) this.#need(group, input);
    const positional = positionalOf(node);
    if (positional) {
      // It reads its input in an order of its own: only what reads it may join.
      const { layout } = this.sources.of(node.inputs[0]!);
      group.reads.push(...positional.reads(node, layout).map(({ layout }) => layout));
      return;
    }
    for (const input of node.inputs) {
      if (input.value === undefined) group.reads.push(this.sources.of(input).layout);
    }
    const owners = new Set([...group.needed()].filter(({ lanes }) => lanes === group.lanes));
    for (const owner of [...owners].sort((a, b) => b.last - a.last)) {
      group = this.#join(owner.present, group, node) ?? group;
    }
  }

  /** Makes one group of two, the second of which has just got `node`; null if that is wrong. */
  #join(owner: Group, group: Group, node: Tensor): Group | null {
    if (owner === group) return null;
    const level = this.#levelIn(owner, group, node);
    if (!level) return null;
    const asRows = level === "row" && group.columns === null && owner.columns !== null;
    // What has one element a row walks the rows alone: it can only come with nothing else.
    if (asRows && group.nodes.length > 1) return null;
    const space = asRows ? owner.space : owner.common(group.space, group.columns);
    const columns = owner.columns ?? group.columns;
    if (owner.work + group.work > MOST_WORK) return null;
    if (!space || sizeOf(space) !== owner.size || isBetween(owner, group)) return null;
    if (this.#readsOf(group, owner, node) || this.#readsOf(owner, group, node)) return null;
    const reads = asRows ? owner.reads : [...owner.reads, ...group.reads];
    if (columns !== null && !reads.every((layout) => hasEvenRows(layout, columns))) return null;
    if (asRows) {
      group.levels.set(node, "row");
      group.reads.length = 0;
    }
    owner.absorb(group, space);
    return owner;
  }

  /** Whether `group` reads `other` for another reason than `node`: in an order of its own. */
  #readsOf(group: Group, other: Group, node: Tensor): boolean {
    if (![...group.needed()].includes(other)) return false;
    return group.nodes.some(
      (own) =>
        own !== node &&
        own.inputs.some((input) => this.groupOf(this.sources.of(input).base) === other),
    );
  }

  /** At which level of `owner` the node would stand, or null if it reads it in another order. */
  #levelIn(owner: Group, group: Group, node: Tensor): Level | null {
    const levels = node.inputs.flatMap((input): (Level | null)[] => {
      const { base, layout } = this.sources.of(input);
      if (this.groupOf(base) !== owner) return [];
      return [linkLevel(owner, base, layout)];
    });
    if (levels.length === 0 || levels.includes(null)) return null;
    if (group.columns !== null) return levels.every((level) => level === "element") ? "row" : null;
    return levels.every((level) => level === "row") ? "row" : "element";
  }
}

/** As what a group's own node `base`, read in a layout, appears to a reader in the group. */
function linkLevel(owner: Group, base: Tensor, layout: Layout): Level | null {
  const own = owner.levels.get(base)!;
  if (isDense(layout, sizeOf(base.shape))) return own;
  const { columns } = owner;
  if (own !== "row" || columns === null || sizeOf(layout.shape) !== owner.size) return null;
  return repeatsRows(layout, columns) ? "element" : null;
}

/** Whether a third group has to run between the two. */
const isBetween = (owner: Group, group: Group): boolean =>
  isThrough(owner, group) || (group.nodes.length > 1 && isThrough(group, owner));

/** Whether `late` needs another group that needs `early`. */
function isThrough(early: Group, late: Group): boolean {
  const seen = new Set<Group>([early]);
  const waiting = [...late.needed()];
  while (waiting.length > 0) {
    const group = waiting.pop()!;
    if (seen.has(group) || group.reach < early.last) continue;
    seen.add(group);
    for (const needed of group.needed()) {
      if (needed === early) return true;
      waiting.push(needed);
    }
  }
  return false;
}

/** Four lanes of 32 bits, or two as soon as anything is float64. */
const lanesOf = (node: Tensor): 2 | 4 =>
  [node, ...node.inputs].some(({ dtype }) => dtype === "float64") ? 2 : 4;
