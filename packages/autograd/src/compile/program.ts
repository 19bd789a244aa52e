import type { Op } from "../op.js";
import type { Buffer, Loop } from "./buffer.js";
import type { Nest } from "./fuse/nest.js";
import type { Kernel } from "./kernels/kernel.js";
import type { HostFunction } from "./lanes/expression.js";
import type { Layout } from "./layout.js";
import type { Code } from "./wasm/code.js";
import type { Defined, ModuleBuilder } from "./wasm/module.js";

/** What generators share: the functions that several kernels call. */
export interface Generation {
  readonly builder: ModuleBuilder;
  /** A function that is generated once for each key. */
  shared(key: string, make: () => Code): Defined;
  /** The index of the import that calls a function of JavaScript. */
  readonly host: (f: HostFunction) => number;
}

interface Work {
  /** One line for people. */
  readonly title: string;
  /** The path of the module that it comes from. */
  readonly scope?: string;
  readonly reads: readonly Buffer[];
  readonly writes: readonly Buffer[];
  readonly flops: number;
}

/** One loop nest or product of matrices: a function of the module. */
export interface KernelTask extends Work {
  readonly kind: "kernel";
  /** The addresses it takes, in this order: buffers, and bytes into them. */
  readonly addresses: readonly { readonly buffer: Buffer; readonly bytes: number }[];
  /** A buffer that is read only where the result is written, besides what the loops tell. */
  readonly alike?: Buffer;
  /** The loops, where it is made of some. */
  readonly nest?: Nest;
  /** Whether it may give the step up. */
  readonly isGuard?: boolean;
  /** What generates the same kernel has the same key. */
  readonly key?: string;
  /** How its work divides, where the kernel itself does not know. */
  readonly units?: number | undefined;
  generate(generation: Generation): Kernel;
}

/** An op that JavaScript runs, on views of the memory. */
export interface HostTask extends Work {
  readonly kind: "host";
  readonly op: Op;
  readonly attrs: unknown;
  readonly inputs: readonly { readonly buffer: Buffer; readonly layout: Layout }[];
}

/** Moves bytes as they are. */
export interface CopyTask extends Work {
  readonly kind: "copy";
  readonly from: Buffer;
  readonly to: Buffer;
}

/** Tasks that run again and again. */
export interface LoopTask extends Work {
  readonly kind: "loop";
  readonly loop: Loop;
  readonly body: readonly Task[];
  /** Buffers that lie where others are. */
  readonly shared: ReadonlyMap<Buffer, Buffer>;
}

export type Task = KernelTask | HostTask | CopyTask | LoopTask;

/** Whether a task may throw: what a failing step has written of variables could not be undone. */
export function mayFail(task: Task): boolean {
  if (task.kind === "loop") return task.body.some(mayFail);
  return task.kind === "host" || (task.kind === "kernel" && task.isGuard === true);
}

/** A whole step: what runs, in order, and where results are found. */
export interface Program {
  readonly tasks: readonly Task[];
  readonly inputs: readonly Buffer[];
  readonly outputs: readonly Buffer[];
}

export const copyTask = (from: Buffer, to: Buffer, title: string): CopyTask => ({
  kind: "copy",
  title,
  from,
  to,
  reads: [from],
  writes: [to],
  flops: 0,
});
