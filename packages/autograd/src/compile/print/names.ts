import type { Buffer } from "../buffer.js";

/** Names for the buffers of a program: given ones, or numbers as they appear. */
export class Names {
  readonly #names: Map<Buffer, string>;
  #next = 0;

  constructor(given: Iterable<readonly [Buffer, string]> = []) {
    this.#names = new Map(given);
  }

  of(buffer: Buffer): string {
    const { constant, slice } = buffer;
    const known = this.#names.get(buffer);
    if (known !== undefined) return known;
    if (slice) return `${this.of(slice.of)}[t]`;
    const isNumber = constant && buffer.size === 1;
    const name = isNumber ? String(constant.toTypedArray()[0]) : `b${this.#next++}`;
    this.#names.set(buffer, name);
    return name;
  }
}
