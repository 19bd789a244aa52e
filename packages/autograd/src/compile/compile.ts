import { checkFunction } from "../arguments.js";
import { ValueError } from "../errors.js";
import type { Tensor } from "../op.js";
import type { Graph } from "../trace/graph.js";
import type { Tree, TreeOf } from "../tree.js";
import { warnOnce } from "../warnings.js";
import { CompiledFunction } from "./compiled-function.js";
import { embedded } from "./embedded.js";
import type { AsyncEngine, Engine, LoadedGraph } from "./engine.js";
import { Explanation } from "./explain.js";
import { threadsFor } from "./runtime/threads.js";
import { unsupported } from "./unsupported.js";

export interface CompileOptions {
  /** How many threads compute a step, where setThreads does not say; results are the same. */
  readonly threads?: number;
  /**
   * Trace the function at every call and throw if it is not what was compiled. Without, the second
   * call with a signature does, and warns.
   */
  readonly verify?: "always";
  /** What runs the graph instead of a WebAssembly module. */
  readonly engine?: Engine;
}

// biome-ignore lint/suspicious/noConfusingVoidType: a function that returns nothing has this type.
type Returned = Tree | void;

type Result<R extends Returned> = R extends Tree ? TreeOf<R, Tensor> : undefined;

/** What can be seen of a compiled function. */
interface Inspection {
  /** How often the function was traced: once for each signature of its arguments. */
  readonly traces: number;
  /** The graph of the last call: draw its outputs and writes. */
  readonly graph: Graph;
}

/** A function that runs as one WebAssembly module. */
export interface Compiled<A extends readonly Tree[], R extends Returned> extends Inspection {
  (...inputs: A): Result<R>;
  /** The module of the last call in WebAssembly's text format. */
  wat(): string;
  /**
   * Measures each kernel of the last call, on its data and without changing a variable: what runs,
   * on which shapes, for how long; and what was spent on compiling.
   */
  explain(): Explanation;
}

/** A function that runs on an asynchronous engine; its calls follow one another. */
export interface AsyncStep<A extends readonly Tree[], R extends Returned> extends Inspection {
  (...inputs: A): Promise<Result<R>>;
}

/**
 * Compiles a function of tensors: it is traced once for each signature (the shapes, dtypes and
 * nesting of its arguments, and static values it reads) and runs as one WebAssembly module from
 * then on. Variables are read and assigned where they are; results are the same as without, to the
 * bit. Where WebAssembly is missing or forbidden, the function runs as it is, with one warning.
 */
export function compile<A extends readonly Tree[], R extends Returned>(
  f: (...inputs: A) => R,
  options?: CompileOptions,
): Compiled<A, R>;
/** Compiles a function for an engine that answers later, such as ONNX Runtime on a GPU. */
export function compile<A extends readonly Tree[], R extends Returned>(
  f: (...inputs: A) => R,
  options: { readonly engine: AsyncEngine; readonly verify?: "always" },
): AsyncStep<A, R>;
export function compile(f: unknown, options: AnyOptions = {}): unknown {
  checkFunction("compile", f);
  const own = f as (...inputs: unknown[]) => unknown;
  const { engine } = options;
  return engine && "isAsync" in engine
    ? asynchronous(own, engine, options)
    : synchronous(own, engine, options);
}

type AnyOptions = Omit<CompileOptions, "engine"> & { readonly engine?: Engine | AsyncEngine };
type Untyped = (...inputs: unknown[]) => unknown;

function synchronous(f: Untyped, engine: Engine | undefined, options: AnyOptions): unknown {
  const { load } = engine ?? embedded(threadsFor(options.threads));
  const own = new CompiledFunction<LoadedGraph>(f, load, options.verify);
  const call = (...inputs: unknown[]): unknown => {
    if (!engine && isImpossible()) return f(...inputs);
    const trace = own.traceFor(inputs);
    if (!trace) return f(...inputs);
    return trace.run(trace.inputs, () => trace.loaded.run(trace.inputs));
  };
  const part = <K extends "wat" | "explain">(name: K): NonNullable<LoadedGraph[K]> => {
    const found = own.last(name).loaded[name];
    if (found) return found;
    throw new ValueError(name, `the engine ${engine?.name} does not tell`, {
      fix: "compile without an engine to see what WebAssembly would do",
    });
  };
  return inspected(own, call, {
    wat: () => part("wat")(),
    explain: () => {
      const { inputs, calls, milliseconds } = own.last("explain");
      return new Explanation(part("explain")(inputs), calls, milliseconds);
    },
  });
}

function asynchronous(f: Untyped, engine: AsyncEngine, options: AnyOptions): unknown {
  const own = new CompiledFunction(f, (graph) => engine.load(graph), options.verify);
  let before: Promise<unknown> = Promise.resolve();
  const call = (...inputs: unknown[]): Promise<unknown> => {
    const run = async (): Promise<unknown> => {
      const trace = own.traceFor(inputs);
      if (!trace) return f(...inputs);
      const given = trace.inputs;
      return trace.nested(await (await trace.loaded).run(given));
    };
    // A call that failed has written nothing: the next one can run.
    const after = before.then(run, run);
    before = after;
    return after;
  };
  return inspected(own, call, {});
}

const inspected = (own: CompiledFunction<unknown>, call: Untyped, more: object): unknown =>
  Object.defineProperties(Object.assign(call, more), {
    traces: { get: () => own.traces.length },
    graph: { get: () => own.last("graph").graph },
  });

/** Whether nothing can be compiled here; says so once. */
function isImpossible(): boolean {
  const reason = unsupported();
  if (reason === null) return false;
  const fix =
    "allow it, as with the Content-Security-Policy script-src 'wasm-unsafe-eval', or use Node, " +
    "or a browser of 2023 or later";
  warnOnce("compile", `${reason}: compiled functions run eagerly, and slowly`, fix);
  return true;
}
