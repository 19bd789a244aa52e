import type { Tensor } from "../../op.js";
import { type Shape, sizeOf } from "../../shape.js";
import { collapse, isDense, type Layout, refine, split } from "../layout.js";

/** Whether a node of a group has a value at every element, or one for each row. */
export type Level = "element" | "row";

/** What a sine or an exponential takes. */
const SPECIAL_WORK = 8;

/**
 * Nodes that one loop nest computes. All walk the same elements in the same order; if some fold the
 * rows, then along the same columns, and their results have one element a row.
 */
export class Group {
  readonly nodes: Tensor[] = [];
  readonly levels = new Map<Tensor, Level>();
  /** Groups whose results it reads, and those that read its own. */
  readonly #needs = new Set<Group>();
  readonly #readers = new Set<Group>();
  /** The layouts in which memory is read at the element level. */
  readonly reads: Layout[] = [];
  /** Where in the program its nodes stand. */
  first = Number.POSITIVE_INFINITY;
  last = -1;
  /** How much code its nodes take: about the number of vector operations. */
  work = 0;
  /** Where the last node stands of this group and all that has to run before it. */
  reach = -1;
  /** The group that took this one in. */
  #heir: Group | null = null;

  constructor(
    /** All elements, as the finest axes that its nodes know. */
    public space: Shape,
    /** The length of a row, if rows are folded. */
    public columns: number | null,
    /** How many lanes a vector has for its dtypes; 0 for a group of one node that is no nest. */
    readonly lanes: 0 | 2 | 4,
  ) {}

  /** The group that this one has become. */
  get present(): Group {
    let group: Group = this;
    while (group.#heir) group = group.#heir;
    return group;
  }

  get size(): number {
    return sizeOf(this.space);
  }

  get rows(): number {
    return this.columns === null ? this.size : this.size / this.columns;
  }

  add(node: Tensor, level: Level, at: number): void {
    this.nodes.push(node);
    this.levels.set(node, level);
    this.first = Math.min(this.first, at);
    this.last = Math.max(this.last, at);
    this.work += node.op.single ? SPECIAL_WORK : 1;
    this.#extend(at);
  }

  /** Has another group run before this one. */
  need(other: Group): void {
    this.#needs.add(other);
    other.#readers.add(this);
    this.#extend(other.reach);
  }

  /** The groups it reads, as they are now. */
  *needed(): Iterable<Group> {
    for (const group of this.#needs) if (group.present !== this) yield group.present;
  }

  #extend(reach: number): void {
    const waiting: Group[] = [this];
    while (waiting.length > 0) {
      const group = waiting.pop()!.present;
      if (group.reach >= reach) continue;
      group.reach = reach;
      waiting.push(...group.#readers);
    }
  }

  /** The space of a group that also walks `space` with rows of `columns`, or null. */
  common(space: Shape, columns: number | null): Shape | null {
    if (this.columns !== null && columns !== null && this.columns !== columns) return null;
    const both = refine(this.space, space);
    const side = this.columns ?? columns;
    if (!both || side === null) return both;
    return refine(both, [sizeOf(both) / side, side]);
  }

  /** Takes another group in; `space` is the common one. */
  absorb(other: Group, space: Shape): void {
    this.space = space;
    this.columns ??= other.columns;
    for (const node of other.nodes) {
      this.nodes.push(node);
      this.levels.set(node, other.levels.get(node)!);
    }
    for (const group of other.#needs) this.#needs.add(group);
    for (const group of other.#readers) this.#readers.add(group);
    this.work += other.work;
    this.#extend(other.reach);
    this.reads.push(...other.reads);
    this.first = Math.min(this.first, other.first);
    this.last = Math.max(this.last, other.last);
    other.#heir = this;
  }
}

/** Whether a row of a layout is walked in even steps. */
export function hasEvenRows({ shape, strides }: Layout, columns: number): boolean {
  const fine = refine(shape, [sizeOf(shape) / columns, columns]);
  if (!fine) return isDense({ shape, strides, offset: 0 }, sizeOf(shape));
  const [, inner] = parted(fine, columns);
  const fineStrides = split(shape, strides, fine).slice(fine.length - inner.length);
  return collapse(inner, [fineStrides]).length <= 1;
}

/** The axes of the rows and the axes inside a row. */
export function parted(space: Shape, columns: number): [outer: Shape, inner: Shape] {
  let covered = 1;
  let at = space.length;
  while (covered < columns) covered *= space[--at]!;
  return [space.slice(0, at), space.slice(at)];
}

/** Whether a layout repeats one value for each row along it. */
export function repeatsRows({ shape, strides, offset }: Layout, columns: number): boolean {
  if (offset !== 0) return false;
  const rows = sizeOf(shape) / columns;
  const [outer, inner, ...more] = collapse(shape, [strides]);
  if (more.length > 0) return false;
  if (rows === 1) return outer === undefined || (!inner && outer.strides[0] === 0);
  if (columns === 1) return !inner && outer!.strides[0] === 1;
  return outer!.side === rows && outer!.strides[0] === 1 && inner?.strides[0] === 0;
}
