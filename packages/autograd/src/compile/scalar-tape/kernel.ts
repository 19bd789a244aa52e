import { allocate } from "../../dtype.js";
import type { Kernel } from "../kernels/kernel.js";
import type { Expression, HostFunction } from "../lanes/expression.js";
import type { Generation } from "../program.js";
import { Code, type Label } from "../wasm/code.js";
import { codeOf, expressionOf } from "./routines.js";
import type { Tape } from "./tape.js";

const LO = 0;
const HI = 1;
const CELLS = 3;
const IMAGE = 4;

/** The interpreter of a tape: its two buffers are the cells, and the image that `link` makes. */
export function tapeKernel(tape: Tape, generation: Generation): Kernel {
  const { builder, host } = generation;
  const functions = tape.routines.map(
    (routine) => builder.add(`tape ${routine.form}`, codeOf(routine, host)).index,
  );
  const code = new Code({ params: ["i32", "i32", "i32", "i32", "i32"], results: [] });
  const at = code.local("i32");
  const given = tape.constantBytes;
  code.get(LO).get(HI).emit("i32.lt_s");
  code.if(() => {
    code.get(CELLS).get(IMAGE).i32(given).emit("memory.copy");
    code.get(IMAGE).i32(given).emit("i32.add").set(at);
    code.block((done) => {
      code.loop((again) => {
        const call = (index: number) => {
          code.get(CELLS).get(at).i32(4).emit("i32.add").emit("call", index).set(at).br(again);
        };
        const dispatch = (labels: readonly Label[]): void => {
          const next = functions.length - 1 - labels.length;
          if (next < 0) code.get(at).emit("i32.load").brTable(labels, done);
          else {
            code.block((label) => dispatch([label, ...labels]));
            call(functions[next]!);
          }
        };
        dispatch([]);
      });
    });
  });
  return { code, units: 1, scratch: 0 };
}

/** The size of the image. */
export const imageBytes = ({ constantBytes, program }: Tape): number =>
  constantBytes + program.byteLength;

/**
 * What the interpreter reads: the constants and the program, in which the addresses of the inputs
 * and outputs are entered. Those of unused inputs are not looked at.
 */
export function link(
  tape: Tape,
  inputs: readonly number[],
  outputs: readonly number[],
): Uint8Array {
  const program = tape.program.slice();
  for (const [i, port] of tape.inputs.entries()) if (port) program[port.word] = inputs[i]!;
  for (const [i, port] of tape.outputs.entries()) program[port.word] = outputs[i]!;
  const image = new Uint8Array(imageBytes(tape));
  for (const { dtype, value, cell } of tape.constants) {
    const own = allocate(dtype, 1);
    own[0] = value;
    image.set(new Uint8Array(own.buffer), cell);
  }
  image.set(new Uint8Array(program.buffer), tape.constantBytes);
  return image;
}

/** The functions of JavaScript that a tape calls. */
export function hostFunctions(tape: Tape): HostFunction[] {
  const found = new Set<HostFunction>();
  const seen = new Set<Expression>();
  const visit = (x: Expression): void => {
    if (seen.has(x)) return;
    seen.add(x);
    if (x.host) found.add(x.host);
    for (const input of [...x.inputs, ...(x.body?.terms ?? [])]) visit(input);
  };
  for (const routine of tape.routines)
    if (routine.form === "map") visit(expressionOf(routine.kind)[0]);
  return [...found];
}
