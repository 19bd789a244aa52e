import { NDArray } from "../../ndarray.js";
import type { Piece } from "../../trace/graph.js";
import { Buffer } from "../buffer.js";
import type { KernelTask } from "../program.js";
import { imageBytes, link, tapeKernel } from "./kernel.js";
import { tapeOf } from "./tape-of.js";

/** Below this many nodes a graph of numbers is as well off as kernels of its own. */
const MANY = 48;

/** Whether a piece is worth a tape. */
export const isLong = ({ body }: Pick<Piece, "body">): boolean => body.length >= MANY;

/** A piece of numbers as one task, which reads and writes at the given addresses. */
export function tapeTask(
  piece: Piece,
  inputs: readonly (readonly [buffer: Buffer, address: number])[],
  outputs: readonly (readonly [buffer: Buffer, address: number])[],
): KernelTask {
  const tape = tapeOf(piece);
  const ends = (own: typeof inputs) => own.map(([, address]) => address);
  const image = link(tape, ends(inputs), ends(outputs));
  const bytes = (size: number) => ({ shape: [size], dtype: "bool" as const });
  const cells = new Buffer(bytes(tape.cells));
  const program = new Buffer(
    bytes(imageBytes(tape)),
    new NDArray(image, "bool", [imageBytes(tape)]),
  );
  const buffers = (own: typeof inputs) => own.map(([buffer]) => buffer);
  return {
    kind: "kernel",
    title: "scalar tape",
    reads: [program, ...buffers(inputs)],
    writes: [cells, ...buffers(outputs)],
    addresses: [
      { buffer: cells, bytes: 0 },
      { buffer: program, bytes: 0 },
    ],
    flops: tape.steps.reduce((sum, { values, terms }) => sum + values * Math.max(1, terms), 0),
    generate: (generation) => tapeKernel(tape, generation),
  };
}
