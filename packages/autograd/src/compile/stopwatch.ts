type Stage = "simplify" | "fuse" | "plan" | "assemble" | "webAssembly";

/** Milliseconds by stage. */
export type Laps = Readonly<Record<Stage, number>>;

/** Says how long the stages took that follow one another. */
export class Stopwatch {
  readonly laps: Record<Stage, number> = {
    simplify: 0,
    fuse: 0,
    plan: 0,
    assemble: 0,
    webAssembly: 0,
  };
  #last = performance.now();

  /** The stage that has just ended. */
  lap(stage: Stage): void {
    const now = performance.now();
    this.laps[stage] += now - this.#last;
    this.#last = now;
  }
}
