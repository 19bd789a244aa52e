/**
 * What the threads of a pool tell each other, as 4-byte cells from its address on. Cells that
 * different threads write are a cache line apart.
 */
export const CELL = {
  /** Counts the jobs, and the times that workers were asked to look at their mail. */
  go: 0,
  /** The step that the job belongs to; 0 for mail. */
  step: 1,
  /** The number of the job in its step. */
  job: 2,
  /** How many workers are done with the job. */
  done: 16,
  /** How many workers sleep, or are about to. */
  asleep: 32,
  /** How many messages each worker has been sent. */
  sent: 48,
  /** From here on, a line for each worker: how many messages it had got as it began to wait. */
  got: 64,
} as const;

/** The cell in which a worker, numbered from 1, says how many messages it has got. */
export const gotCell = (worker: number): number => CELL.got + 16 * (worker - 1);

/** The bytes of the cells. */
export const bytesOfCells = (threads: number): number => 4 * gotCell(threads);
