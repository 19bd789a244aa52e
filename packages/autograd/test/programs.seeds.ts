/** A program that failed once: how fast-check drew it, and what was wrong. */
export interface Failure {
  readonly seed: number;
  readonly path: string;
  readonly why: string;
}

/** Programs that failed once, drawn again in each run of the tests. `npm run fuzz` prints new ones. */
export const failures: readonly Failure[] = [];
