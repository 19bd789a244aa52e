import type { EndEvent, EpochEvent, StepEvent, TrainingCallback, TrainingRun } from "./callback.js";

/** Calls callbacks one after the other and remembers whether one of them said "stop". */
export class Callbacks {
  stopped = false;

  constructor(readonly list: readonly TrainingCallback[]) {}

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

  async end(event: EndEvent): Promise<void> {
    for (const callback of this.list) await callback.onEnd?.(event);
  }

  async #ask(call: (callback: TrainingCallback) => unknown): Promise<void> {
    for (const callback of this.list) if ((await call(callback)) === "stop") this.stopped = true;
  }

  async #settle(pending: readonly unknown[]): Promise<void> {
    if ((await Promise.all(pending)).includes("stop")) this.stopped = true;
  }
}
