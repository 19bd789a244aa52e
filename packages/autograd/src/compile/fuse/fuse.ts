import { asArray } from "../../execute.js";
import type { Tensor } from "../../op.js";
import type { ProjectAttrs } from "../../ops/project.js";
import { sizeOf } from "../../shape.js";
import type { Piece } from "../../trace/graph.js";
import { Buffer } from "../buffer.js";
import { nestKernel } from "../kernels/nest.js";
import { nestKey } from "../kernels/nest-key.js";
import { buffersOf, unitsOf } from "../kernels/nest-shape.js";
import { dense, isDense, type Layout } from "../layout.js";
import { copyNest } from "../lower/copy.js";
import { guard, isGuarded } from "../lower/guard.js";
import { lower } from "../lower/lower.js";
import { lowerAddition } from "../lower/product.js";
import type { Fused, Operand, Target } from "../lower/target.js";
import { scopeOf, titleOf } from "../print/title.js";
import type { KernelTask, Task } from "../program.js";
import { simplify } from "../simplify/simplify.js";
import { NestBuilder, type Surroundings } from "./build-nest.js";
import type { Group } from "./group.js";
import { Grouping } from "./groups.js";
import type { Nest } from "./nest.js";
import type { Sources } from "./sources.js";

/** Turns a simplified piece, whose inputs are in the given buffers, into tasks in order. */
export function fuse(piece: Piece, inputs: readonly Buffer[]): Fused {
  return new Fuser(piece, inputs).run();
}

/** The tasks of a piece in the making, and what lowering a node may ask for. */
class Fuser implements Surroundings, Target {
  readonly tasks: Task[] = [];
  readonly #grouping: Grouping;
  readonly #buffers = new Map<Tensor, Buffer>();
  readonly #results = new Map<Tensor, readonly Buffer[]>();
  readonly #kept = new Set<Tensor>();
  readonly #names = new Map<Buffer, Set<string>>();

  constructor(
    readonly piece: Piece,
    inputs: readonly Buffer[],
    chosen: readonly (Buffer | null)[] = [],
  ) {
    for (const [i, node] of piece.inputs.entries()) this.#buffers.set(node, inputs[i]!);
    this.#grouping = new Grouping(piece);
    const computed = new Set(piece.body);
    for (const [i, node] of piece.outputs.entries()) {
      const isOwn = computed.has(node) && !node.op.pick && !this.#grouping.sources.isView(node);
      if (chosen[i] && isOwn && !this.#buffers.has(node)) this.#buffers.set(node, chosen[i]);
    }
    for (const node of piece.body) {
      const group = this.#grouping.groupOf(node);
      if (!group) continue;
      for (const input of this.#grouping.operandsOf(node)) {
        const { base } = this.sources.of(input);
        if (group.lanes === 0 || this.#grouping.groupOf(base) !== group) this.#kept.add(base);
      }
    }
    for (const node of piece.outputs) this.#kept.add(this.sources.of(node).base);
  }

  get body(): readonly Tensor[] {
    return this.piece.body;
  }

  get sources(): Sources {
    return this.#grouping.sources;
  }

  isKept(node: Tensor): boolean {
    return this.#kept.has(node);
  }

  run(): Fused {
    for (const group of this.#grouping.groups) {
      const [first] = group.nodes as [Tensor];
      const start = this.tasks.length;
      const addition = this.#grouping.additionOf(first);
      if (addition) lowerAddition(first, addition, this);
      else if (group.lanes === 0) lower(first, this);
      else this.#nestOf(group);
      const scope = scopeOf(group.nodes);
      const own = this.tasks.splice(start);
      this.tasks.push(...own.map((task) => ({ ...task, scope })));
    }
    return { tasks: this.tasks, outputs: this.piece.outputs.map((node) => this.dense(node)) };
  }

  bufferOf(node: Tensor): Buffer {
    const known = this.#buffers.get(node);
    if (known) return known;
    const { value, spec, op, inputs, attrs } = node;
    const isPicked = op.pick && value === undefined;
    const buffer = isPicked
      ? this.#results.get(inputs[0]!)![(attrs as ProjectAttrs).index]!
      : new Buffer(spec, value === undefined ? undefined : asArray(value, spec).contiguous());
    this.#buffers.set(node, buffer);
    return buffer;
  }

  operand(node: Tensor): Operand {
    const { base, layout } = this.sources.of(node);
    return { buffer: this.bufferOf(base), layout };
  }

  dense(node: Tensor): Buffer {
    const { buffer, layout } = this.operand(node);
    if (isDense(layout, buffer.size)) return buffer;
    return this.copy({ buffer, layout }, new Buffer(node.spec));
  }

  copy(from: Operand, to: Buffer, at: Layout = dense(to.spec.shape)): Buffer {
    if (sizeOf(from.layout.shape) > 0)
      this.nest(copyNest(from, { buffer: to, layout: at }), "copy");
    return to;
  }

  isFirst(buffer: Buffer, name: string): boolean {
    const names = this.#names.get(buffer) ?? new Set();
    this.#names.set(buffer, names);
    return names.size < names.add(name).size;
  }

  setResults(node: Tensor, results: readonly Buffer[]): void {
    this.#results.set(node, results);
  }

  inner(piece: Piece, inputs: readonly Buffer[], chosen: readonly (Buffer | null)[]): Fused {
    return new Fuser(simplify(piece), inputs, chosen).run();
  }

  nest(nest: Nest, title: string, flops = 0): void {
    const buffers = buffersOf(nest);
    const stored = new Set(
      nest.stages.flatMap(({ stores, rowStores }) =>
        [...stores, ...rowStores].map(({ access }) => nest.accesses[access]!.buffer),
      ),
    );
    const task: KernelTask = {
      kind: "kernel",
      title,
      reads: buffers,
      writes: [...stored],
      addresses: buffers.map((buffer) => ({ buffer, bytes: 0 })),
      flops,
      nest,
      key: nestKey(nest),
      units: unitsOf(nest),
      generate: (generation) => nestKernel(nest, generation),
    };
    this.tasks.push(task);
  }

  #nestOf(group: Group): void {
    for (const node of group.nodes) if (isGuarded(node)) guard(node, this);
    const nest = new NestBuilder(group, this).build();
    if (nest.stages.length === 0) return;
    this.nest(nest, titleOf(group.nodes), group.nodes.length * group.size);
  }
}
