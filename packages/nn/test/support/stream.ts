import { Writable } from "node:stream";

/** A stream that remembers what it was given; with `isTTY` it passes for a terminal. */
export class MemoryStream extends Writable {
  readonly columns = 200;
  text = "";

  constructor(readonly isTTY: boolean) {
    super();
  }

  override _write(chunk: unknown, _: unknown, done: () => void): void {
    this.text += String(chunk);
    done();
  }
}
