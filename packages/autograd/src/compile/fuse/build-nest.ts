import type { Spec, Tensor } from "../../op.js";
import { type Buffer, POSITIONS } from "../buffer.js";
import { Expression } from "../lanes/expression.js";
import { dense, type Layout, sameLayout } from "../layout.js";
import { expressionOf } from "../lower/elementwise.js";
import { positionalOf } from "../lower/positional.js";
import type { Group } from "./group.js";
import { loopsOf, type Walk } from "./loops.js";
import type { Fold, FoldKind, Load, Nest, Stage, Store } from "./nest.js";
import type { Sources } from "./sources.js";

/** What a group needs to know of the rest of the program. */
export interface Surroundings {
  readonly sources: Sources;
  /** The memory of a node that has some. */
  bufferOf(node: Tensor): Buffer;
  /** Whether somebody else reads the node. */
  isKept(node: Tensor): boolean;
}

/** Writes down what the nodes of a group do, walk by walk. */
export class NestBuilder {
  readonly #walks: Walk[] = [];
  readonly #loads = new Map<number, Expression>();
  readonly #accessOf = new Map<Expression, number>();
  readonly #stages = new Map<Tensor, number>();
  readonly #results = new Map<Tensor, Expression>();
  readonly #rows = new Map<Tensor, Expression>();
  readonly #kept: ReadonlySet<Tensor>;
  /** Values that only this nest needs, and the results whose memory they take before those. */
  readonly #guests = new Map<Tensor, Tensor>();

  constructor(
    readonly group: Group,
    readonly around: Surroundings,
  ) {
    for (const node of group.nodes) this.#stages.set(node, this.#stageOf(node));
    this.#kept = new Set(
      group.nodes.filter((node) => around.isKept(node) || this.#isWorthKeeping(node)),
    );
    for (const node of group.nodes) if (this.#isWorthKeeping(node)) this.#lodge(node);
  }

  build(): Nest {
    const { group } = this;
    const count = 1 + Math.max(...this.#stages.values());
    const folds = group.nodes.filter((node) => this.#isFold(node));
    const drafts = Array.from({ length: Math.max(1, count) }, (_, at) => this.#draft(at, folds));
    const loops = loopsOf(group, this.#walks);
    const isRow = ({ access }: Load) => this.#walks[access]!.isRow;
    const all = drafts.filter(isBusy).map((draft) => ({ ...draft, loads: this.#used(draft) }));
    const rowLoads = unique(all.flatMap(({ loads }) => loads.filter(isRow)));
    const stages = all.map((stage) => ({
      ...stage,
      loads: stage.loads.filter((load) => !isRow(load)),
    }));
    return {
      lanes: group.lanes as 2 | 4,
      sides: loops.map(({ side }) => side),
      accesses: this.#walks.map(({ buffer, layout }, i) => ({
        buffer,
        offset: layout.offset,
        strides: loops.map(({ strides }) => strides[i]!),
      })),
      rowLoads,
      stages,
    };
  }

  #draft(at: number, folds: readonly Tensor[]): Omit<Stage, "loads"> {
    const memo = new Map<Tensor, Expression>();
    const here = (node: Tensor) => this.#stages.get(node) === at;
    const level = (node: Tensor) => this.group.levels.get(node)!;
    const stores = this.group.nodes
      .filter((node) => this.#kept.has(node) && level(node) === "element" && here(node))
      .map((node): Store => ({ access: this.#own(node), value: this.#element(node, at, memo) }));
    const results = folds.filter(here).map(
      (node): Fold => ({
        kind: node.op.name as FoldKind,
        dtype: node.dtype,
        of: this.#input(node, node.inputs[0]!, at, memo),
        result: this.#resultOf(node),
      }),
    );
    // Row values that the folds of this walk (or, before the first, nothing) make known.
    const rowStores = this.group.nodes
      .filter((node) => this.#kept.has(node) && level(node) === "row")
      .filter((node) => (this.#isFold(node) ? here(node) : this.#rowStage(node) === at))
      .map((node): Store => ({ access: this.#own(node), value: this.#row(node) }));
    return { folds: results, stores, rowStores };
  }

  #isFold = (node: Tensor): boolean =>
    this.group.columns !== null && node.op.family === "reduction";

  /** After which walk a row value is known. */
  #rowStage = (node: Tensor): number => Math.max(0, this.#stages.get(node)! - 1);

  /** In which walk a node can be computed; for a row value, before which. */
  #stageOf(node: Tensor): number {
    const stages = node.inputs.map((input) => {
      const { base } = this.around.sources.of(input);
      const stage = this.#stages.get(base);
      return stage === undefined ? 0 : stage + (this.#isFold(base) ? 1 : 0);
    });
    return Math.max(0, ...stages);
  }

  /** Whether a later walk needs what took long to compute. */
  #isWorthKeeping(node: Tensor): boolean {
    if (this.group.levels.get(node) === "row" || this.around.isKept(node)) return false;
    const stage = this.#stages.get(node)!;
    const isLate = (other: Tensor) => this.#stages.get(other)! > stage && this.#reads(other, node);
    return this.#cost(node, 0) > 4 && this.group.nodes.some(isLate);
  }

  /** Finds a result that is written where and when the node is read for the last time. */
  #lodge(node: Tensor): void {
    const last = Math.max(
      ...this.group.nodes
        .filter((other) => this.#reads(other, node))
        .map((other) => this.#stages.get(other)!),
    );
    const taken = new Set(this.#guests.values());
    const host = this.group.nodes.find(
      (other) =>
        this.around.isKept(other) &&
        this.group.levels.get(other) === "element" &&
        this.#stages.get(other)! >= last &&
        other.dtype === node.dtype &&
        !taken.has(other),
    );
    if (host) this.#guests.set(node, host);
  }

  #reads(other: Tensor, node: Tensor): boolean {
    return other.inputs.some((input) => this.around.sources.of(input).base === node);
  }

  #bufferOf(node: Tensor): Buffer {
    return this.around.bufferOf(this.#guests.get(node) ?? node);
  }

  /** How many operations the node takes, counted as far as it matters. */
  #cost(node: Tensor, sum: number): number {
    if (sum > 8 || !this.#stages.has(node) || this.group.levels.get(node) === "row") return sum;
    const isSlow = node.op.single || node.op.name === "div" || node.op.family === "random";
    const own = isSlow ? 8 : 1;
    return node.inputs.reduce(
      (total, input) => this.#cost(this.around.sources.of(input).base, total),
      sum + own,
    );
  }

  #resultOf(node: Tensor): Expression {
    const known = this.#results.get(node);
    if (known) return known;
    const result = Expression.input(node.dtype, this.#nextInput++);
    this.#results.set(node, result);
    return result;
  }

  #nextInput = 0;

  #element(node: Tensor, at: number, memo: Map<Tensor, Expression>): Expression {
    const known = memo.get(node);
    if (known) return known;
    const expression =
      this.#stages.get(node)! < at && this.#kept.has(node)
        ? this.#load(this.#bufferOf(node), dense(node.shape), node, false)
        : this.#apply(node, (input) => this.#input(node, input, at, memo));
    memo.set(node, expression);
    return expression;
  }

  #row(node: Tensor): Expression {
    const known = this.#rows.get(node);
    if (known) return known;
    const expression = this.#isFold(node)
      ? this.#resultOf(node)
      : this.#apply(node, (input) => this.#input(node, input, 0, this.#rows));
    this.#rows.set(node, expression);
    return expression;
  }

  #apply(node: Tensor, operand: (input: Tensor) => Expression): Expression {
    const positional = positionalOf(node);
    if (!positional) return expressionOf(node, node.inputs.map(operand));
    const { base, layout } = this.around.sources.of(node.inputs[0]!);
    const given = this.around.bufferOf(base);
    const reads = positional.reads(node, layout).map(({ from, layout }) => {
      const buffer = from === "input" ? given : POSITIONS;
      return this.#load(buffer, layout, buffer.spec, false);
    });
    return positional.formula(node, reads);
  }

  /** What `node` reads through one of its inputs. */
  #input(node: Tensor, input: Tensor, at: number, memo: Map<Tensor, Expression>): Expression {
    const { base, layout } = this.around.sources.of(input);
    const level = this.group.levels.get(base);
    if (level === "row") return this.#row(base);
    if (level === "element") return this.#element(base, at, memo);
    const { value, dtype } = base;
    if (typeof value === "number") return Expression.constant(dtype, value);
    const isRow = this.group.levels.get(node) === "row" && !this.#isFold(node);
    return this.#load(this.around.bufferOf(base), layout, base, isRow);
  }

  #load(buffer: Buffer, layout: Layout, { dtype }: Spec, isRow: boolean): Expression {
    const access = this.#walk(buffer, layout, isRow);
    const known = this.#loads.get(access);
    if (known) return known;
    const input = Expression.input(dtype, this.#nextInput++);
    this.#loads.set(access, input);
    this.#accessOf.set(input, access);
    return input;
  }

  #own(node: Tensor): number {
    const isRow = this.group.levels.get(node) === "row";
    return this.#walk(this.#bufferOf(node), dense(node.shape), isRow);
  }

  #walk(buffer: Buffer, layout: Layout, isRow: boolean): number {
    const found = this.#walks.findIndex(
      (walk) => walk.buffer === buffer && walk.isRow === isRow && sameLayout(walk.layout, layout),
    );
    if (found >= 0) return found;
    return this.#walks.push({ buffer, layout, isRow }) - 1;
  }

  /** What is loaded for the expressions of a walk. */
  #used({ folds, stores, rowStores }: Omit<Stage, "loads">): Load[] {
    const seen = new Set<Expression>();
    const loads: Load[] = [];
    const visit = (x: Expression): void => {
      if (seen.has(x)) return;
      seen.add(x);
      const access = this.#accessOf.get(x);
      if (access !== undefined) loads.push({ access, input: x });
      for (const input of x.inputs) visit(input);
    };
    for (const { of } of folds) visit(of);
    for (const { value } of [...stores, ...rowStores]) visit(value);
    return loads;
  }
}

const isBusy = ({ folds, stores, rowStores }: Omit<Stage, "loads">): boolean =>
  folds.length + stores.length + rowStores.length > 0;

const unique = (loads: readonly Load[]): Load[] => [
  ...new Map(loads.map((load) => [load.input, load])).values(),
];
