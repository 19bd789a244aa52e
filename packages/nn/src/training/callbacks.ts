import type { Tensor } from "@neurite/autograd";
import type {
  CheckpointEvent,
  EndEvent,
  EpochEvent,
  StatisticsEvent,
  StepEvent,
  TrainingCallback,
  TrainingRun,
  WarningEvent,
} from "./callback.js";
import type { Json } from "./checkpoint/training-state.js";

/** Calls callbacks one after the other and remembers whether one of them said "stop". */
export class Callbacks {
  stopped = false;
  readonly #checkpointing: readonly TrainingCallback[];

  constructor(readonly list: readonly TrainingCallback[]) {
    this.#checkpointing = list.filter((callback) => callback.onCheckpoint);
  }

  start(run: TrainingRun): Promise<void> {
    return this.#ask((callback) => callback.onStart?.(run));
  }

  /** Returns a promise only if a callback did: most steps have nothing to wait for. */
  step(event: StepEvent): Promise<void> | undefined {
    const answers = this.list.map((callback) => callback.onStep?.(event));
    if (answers.includes("stop")) this.stopped = true;
    const pending = answers.filter((answer) => answer instanceof Promise);
    return pending.length > 0 ? this.#settle(pending) : undefined;
  }

  epoch(event: EpochEvent): Promise<void> {
    return this.#ask((callback) => callback.onEpoch?.(event));
  }

  async warning(event: WarningEvent): Promise<void> {
    for (const callback of this.list) await callback.onWarning?.(event);
  }

  /** Whether somebody wants statistics after the given step. */
  wantStatistics(step: number): boolean {
    return this.list.some((callback) => wants(callback, step));
  }

  async statistics(event: StatisticsEvent): Promise<void> {
    for (const callback of this.list) {
      if (wants(callback, event.step)) await callback.onStatistics?.(event);
    }
  }

  /** As `step`, returns a promise only if a callback did. */
  checkpoint(event: CheckpointEvent): Promise<unknown> | undefined {
    const pending = this.#checkpointing
      .map((callback) => callback.onCheckpoint?.(event))
      .filter((answer) => answer instanceof Promise);
    return pending.length > 0 ? Promise.all(pending) : undefined;
  }

  async end(event: EndEvent): Promise<void> {
    for (const callback of this.list) await callback.onEnd?.(event);
  }

  /** What the callbacks remember: JSON by name, tensors by `callbacks.name.tensor`. */
  save(): { readonly json: Record<string, Json>; readonly tensors: Record<string, Tensor> } {
    const json: [string, Json][] = [];
    const tensors: [string, Tensor][] = [];
    for (const [name, callback] of this.#named()) {
      const state = callback.save?.();
      if (!state) continue;
      json.push([name, state.json ?? null]);
      for (const [part, tensor] of Object.entries(state.tensors ?? {})) {
        tensors.push([`callbacks.${name}.${part}`, tensor]);
      }
    }
    return { json: Object.fromEntries(json), tensors: Object.fromEntries(tensors) };
  }

  /** Gives the callbacks back what those of the same names had saved; others begin anew. */
  restore(json: Readonly<Record<string, Json>>, all: Readonly<Record<string, Tensor>>): void {
    for (const [name, callback] of this.#named()) {
      if (!Object.hasOwn(json, name)) continue;
      const prefix = `callbacks.${name}.`;
      const own = Object.entries(all).filter(([path]) => path.startsWith(prefix));
      const tensors = own.map(([path, tensor]) => [path.slice(prefix.length), tensor]);
      callback.restore?.({ json: json[name]!, tensors: Object.fromEntries(tensors) });
    }
  }

  /** Callbacks that have a name; where several have the same one, they are counted. */
  #named(): [name: string, callback: TrainingCallback][] {
    const counts = new Map<string, number>();
    return this.list.flatMap((callback) => {
      const { name } = callback;
      if (name === undefined) return [];
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return [[count === 1 ? name : `${name}#${count}`, callback] as [string, TrainingCallback]];
    });
  }

  async #ask(call: (callback: TrainingCallback) => unknown): Promise<void> {
    for (const callback of this.list) if ((await call(callback)) === "stop") this.stopped = true;
  }

  async #settle(pending: readonly unknown[]): Promise<void> {
    if ((await Promise.all(pending)).includes("stop")) this.stopped = true;
  }
}

const wants = ({ statisticsEvery, onStatistics }: TrainingCallback, step: number): boolean =>
  statisticsEvery !== undefined && onStatistics !== undefined && step % statisticsEvery === 0;
