import type { Code } from "../wasm/code.js";

/** The code of one loop nest or one product. */
export interface Kernel {
  /**
   * (lo, hi, scratch, ...buffers) -> (), all i32: computes the units lo <= u < hi. Scratch and
   * buffers are byte addresses; however the units are split, the bits are the same.
   */
  readonly code: Code;
  /** How many pieces the work can be split into. */
  readonly units: number;
  /** Bytes of memory, from a multiple of 64, that each thread needs for itself. */
  readonly scratch: number;
}
