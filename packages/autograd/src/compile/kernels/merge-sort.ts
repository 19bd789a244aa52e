import type { Generation } from "../program.js";
import { Code } from "../wasm/code.js";

/** A record has a key of 64 bits and behind it a value; 4 bytes are not used. */
export const RECORD = 16;
/** Where the value is. */
export const VALUE = 8;

const [FROM, SPARE, BYTES] = [0, 1, 2] as const;

/**
 * A function (from, spare, bytes) -> address that sorts records by their keys, which are signed,
 * and leaves equal ones in order. The result lies in one of the two places.
 */
export function mergeSort(generation: Generation): number {
  return generation.shared("merge sort", write).index;
}

function write(): Code {
  const code = new Code({ params: ["i32", "i32", "i32"], results: ["i32"] });
  const integer = () => code.local("i32");
  const [width, start, end, out] = [integer(), integer(), integer(), integer()];
  const [left, middle, right, stop] = [integer(), integer(), integer(), integer()];
  const [picked, isLeft] = [integer(), integer()];
  const advance = (pointer: number) => code.get(pointer).i32(RECORD).emit("i32.add").set(pointer);
  const copy = (from: number) => {
    code.get(out).get(from).emit("v128.load", 0).emit("v128.store", 0);
    advance(out);
  };
  /** The smaller of a sum and the end. */
  const upTo = (from: number, to: number) => {
    code.get(from).get(width).emit("i32.add").tee(to).get(end);
    code.get(to).get(end).emit("i32.lt_u").emit("select").set(to);
  };
  const rest = (from: number, to: number) => {
    below(code, from, to, () => {
      copy(from);
      advance(from);
    });
  };
  code.i32(RECORD).set(width);
  below(code, width, BYTES, () => {
    code.get(FROM).tee(start).get(BYTES).emit("i32.add").set(end);
    code.get(SPARE).set(out);
    below(code, start, end, () => {
      code.get(start).set(left);
      upTo(start, middle);
      code.get(middle).set(right);
      upTo(middle, stop);
      code.block((done) => {
        code.loop((again) => {
          code.get(left).get(middle).emit("i32.ge_u").brIf(done);
          code.get(right).get(stop).emit("i32.ge_u").brIf(done);
          code.get(left).emit("i64.load").get(right).emit("i64.load").emit("i64.le_s").set(isLeft);
          code.get(left).get(right).get(isLeft).emit("select").set(picked);
          copy(picked);
          code.get(left).get(isLeft).i32(RECORD).emit("i32.mul").emit("i32.add").set(left);
          code.get(right).get(isLeft).emit("i32.eqz").i32(RECORD).emit("i32.mul");
          code.emit("i32.add").set(right).br(again);
        });
      });
      rest(left, middle);
      rest(right, stop);
      code.get(stop).set(start);
    });
    code.get(FROM).get(SPARE).set(FROM).set(SPARE);
    code.get(width).get(width).emit("i32.add").set(width);
  });
  code.get(FROM);
  return code;
}

/** Repeats a body as long as one address is below another. */
function below(code: Code, from: number, to: number, body: () => void): void {
  code.block((done) => {
    code.loop((again) => {
      code.get(from).get(to).emit("i32.ge_u").brIf(done);
      body();
      code.br(again);
    });
  });
}
