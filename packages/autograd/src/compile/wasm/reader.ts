import { TYPES, type ValueType } from "./code.js";

const types = new Map(Object.entries(TYPES).map(([type, code]) => [code, type as ValueType]));
const text = new TextDecoder();

/** Reads the numbers of a module, one after the other. */
export class Reader {
  #at = 0;
  readonly #view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.bytes.length;
  }

  byte(): number {
    return this.bytes[this.#at++]!;
  }

  /** An unsigned LEB128 of up to 32 bits. */
  unsigned(): number {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
  }

  /** A signed LEB128 of up to 64 bits. */
  signed(): bigint {
    let [value, width] = [0n, 0];
    for (;;) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << BigInt(width);
      width += 7;
      if (byte < 0x80) return BigInt.asIntN(width, value);
    }
  }

  float32(): number {
    this.#at += 4;
    return this.#view.getFloat32(this.#at - 4, true);
  }

  float64(): number {
    this.#at += 8;
    return this.#view.getFloat64(this.#at - 8, true);
  }

  /** The next bytes, as a part of these. */
  take(length: number): Uint8Array {
    this.#at += length;
    return this.bytes.subarray(this.#at - length, this.#at);
  }

  name(): string {
    return text.decode(this.take(this.unsigned()));
  }

  type(): ValueType {
    return types.get(this.byte())!;
  }

  /** As many as the number in front says. */
  list<T>(item: () => T): T[] {
    return Array.from({ length: this.unsigned() }, item);
  }
}
