import { ValueError } from "../errors.js";
import { showShape } from "../shape.js";
import { effects } from "../trace/effects.js";
import type { Graph } from "../trace/graph.js";
import { warn } from "../warnings.js";
import { watcher } from "../watch.js";
import { flatten } from "./nesting.js";
import { TraceOf } from "./trace-of.js";
import { refuseChange, warnOfChange } from "./verify.js";

/** So many signatures are hardly meant. */
const MANY = 20;

type Untyped = (...inputs: unknown[]) => unknown;

/** Finds or makes the trace for the arguments of each call. */
export class CompiledFunction<Loaded> {
  readonly traces: TraceOf<Loaded>[] = [];
  #last: TraceOf<Loaded> | null = null;

  constructor(
    readonly f: Untyped,
    readonly load: (graph: Graph) => Loaded,
    readonly verify: "always" | undefined,
  ) {}

  /** The trace that was used last. */
  last(asked: string): TraceOf<Loaded> {
    if (this.#last) return this.#last;
    throw new ValueError(asked, "the function has not run compiled yet", {
      fix: "call it first: it is traced and compiled at the first call with a signature",
    });
  }

  /**
   * The trace to run now; null where the function runs as it is: as a part of another one, or while
   * somebody looks at each operation.
   */
  traceFor(inputs: readonly unknown[]): TraceOf<Loaded> | null {
    const flat = flatten(inputs);
    const isPart = effects() || flat.leaves.some(({ value }) => value === undefined);
    if (isPart || watcher()) return null;
    const last = this.#last;
    let trace = last?.fits(flat) ? last : this.traces.find((own) => own !== last && own.fits(flat));
    if (!trace) {
      trace = new TraceOf(this.f, inputs, this.load, flat);
      if (this.traces.push(trace) === MANY) warnOfMany(trace);
    } else if (this.verify === "always") refuseChange(this.f, inputs, trace.graph);
    else if (trace.calls === 1) warnOfChange(this.f, inputs, trace.graph);
    this.#last = trace;
    trace.calls++;
    trace.inputs = flat.leaves;
    return trace;
  }
}

function warnOfMany({ graph: { inputs } }: TraceOf<unknown>): void {
  const last = inputs.map(({ dtype, shape }) => `${dtype} ${showShape(shape)}`).join(", ");
  const problem = `traced and compiled for ${MANY} signatures, the last time for (${last})`;
  const fix = "bring arguments to a few shapes, as by padding; what changes often can be a tensor";
  warn("compile", problem, { fix });
}
