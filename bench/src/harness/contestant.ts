/** One program as one library runs it. */
export interface Contestant {
  readonly name: string;
  /** Runs `count` times to the end; returns the milliseconds it took. */
  run(count: number): number | Promise<number>;
  /** What the latest run computed: its loss, or its elements. */
  output(): Numbers | Promise<Numbers>;
}

export type Numbers = ArrayLike<number>;

/** A program in this process: what a run computes is complete when `run` returns. */
export interface Program {
  run(): unknown;
  output(): Numbers;
}

/** A contestant in this process; `enter` is done before the clock starts. */
export const local = (
  name: string,
  { run, output }: Program,
  enter: () => unknown = () => {},
): Contestant => ({
  name,
  output,
  async run(count) {
    await enter();
    const start = performance.now();
    for (let i = 0; i < count; i++) {
      const pending = run();
      if (pending instanceof Promise) await pending;
    }
    return performance.now() - start;
  },
});

/** A training step that returns its loss: every contestant reads the number in every step. */
export function training(name: string, step: () => number, enter?: () => unknown): Contestant {
  let loss = Number.NaN;
  const run = () => {
    loss = step();
  };
  return local(name, { run, output: () => [loss] }, enter);
}
