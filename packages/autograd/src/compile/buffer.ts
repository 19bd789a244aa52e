import type { NDArray } from "../ndarray.js";
import type { Spec } from "../op.js";
import { sizeOf } from "../shape.js";
import { bytesOf } from "./layout.js";

/** What a loop repeats, told apart by identity. */
export interface Loop {
  readonly length: number;
  readonly reverse: boolean;
}

/** Elements one after the other, somewhere in memory: where, is for the plan to say. */
export class Buffer {
  constructor(
    readonly spec: Spec,
    /** The elements, where they are known before anything runs. */
    readonly constant?: NDArray,
    /** Says that the buffer is the element of another one at the present step of a loop. */
    readonly slice?: { readonly of: Buffer; readonly loop: Loop },
  ) {}

  get size(): number {
    return sizeOf(this.spec.shape);
  }

  get bytes(): number {
    return this.size * bytesOf(this.spec);
  }

  /** The buffer that the memory belongs to. */
  get root(): Buffer {
    return this.slice ? this.slice.of.root : this;
  }
}

/** Stands for the positions of elements: each is the number of its place, and lies nowhere. */
export const POSITIONS = new Buffer({ shape: [], dtype: "int32" });
