import type { Generation } from "../../src/compile/program.js";
import { webAssembly } from "../../src/compile/runtime/web-assembly.js";
import {
  hostFunctions,
  imageBytes,
  link,
  tapeKernel,
} from "../../src/compile/scalar-tape/kernel.js";
import type { Tape } from "../../src/compile/scalar-tape/tape.js";
import { ModuleBuilder } from "../../src/compile/wasm/module.js";
import type { DType } from "../../src/index.js";
import type { Graph, Piece } from "../../src/trace/graph.js";

/** All that a traced graph computes, from all that it reads. */
export const pieceOf = (graph: Graph): Piece => ({
  ...graph,
  inputs: [...graph.inputs, ...graph.captures.map(({ node }) => node)],
  outputs: [...graph.outputs, ...graph.writes.flatMap(({ node }) => node ?? [])],
});

/** A tape as a function of numbers, each given and taken in its dtype. */
export function tapeRunner(
  tape: Tape,
  inputs: readonly DType[],
): (values: readonly number[]) => number[] {
  const hosts = hostFunctions(tape);
  const imports = hosts.map((host, i) => ({
    name: `host${i}`,
    signature: {
      params: Array.from({ length: host.length }, () => "f64" as const),
      results: ["f64" as const],
    },
  }));
  const builder = new ModuleBuilder({ minimum: 1 }, imports);
  const generation = { builder, host: (f) => hosts.indexOf(f) } satisfies Partial<Generation>;
  const { code, units } = tapeKernel(tape, generation as unknown as Generation);
  builder.export("run", builder.add("tape", code));

  let end = 64;
  const take = (bytes: number): number => {
    const at = end;
    end += 64 * Math.ceil(bytes / 64) + 64;
    return at;
  };
  const cells = take(tape.cells);
  const from = tape.inputs.map(() => take(8));
  const to = tape.outputs.map(() => take(8));
  const image = link(tape, from, to);
  const at = take(imageBytes(tape));
  const memory = new webAssembly!.Memory({ initial: Math.ceil(end / 65536) });
  new Uint8Array(memory.buffer).set(image, at);
  const host = Object.fromEntries(hosts.map((f, i) => [`host${i}`, f]));
  const module = new webAssembly!.Module(builder.encode());
  const { exports } = new webAssembly!.Instance(module, { host: { memory, ...host } });
  const view = new DataView(memory.buffer);
  return (values) => {
    // What was in memory before must not matter, and what lies behind the cells is not written.
    new Uint8Array(memory.buffer, cells, tape.cells + 64).fill(0xa5);
    for (const [i, value] of values.entries()) put(view, from[i]!, inputs[i]!, value);
    exports.run!(0, units, 0, cells, at);
    const behind = new Uint8Array(memory.buffer, cells + tape.cells, 64);
    if (!behind.every((byte) => byte === 0xa5)) throw new Error("it wrote behind the cells");
    return tape.outputs.map(({ dtype }, i) => get(view, to[i]!, dtype));
  };
}

function put(view: DataView, at: number, dtype: DType, value: number): void {
  if (dtype === "float64") view.setFloat64(at, value, true);
  else if (dtype === "float32") view.setFloat32(at, value, true);
  else if (dtype === "int32") view.setInt32(at, value, true);
  else view.setUint8(at, value);
}

function get(view: DataView, at: number, dtype: DType): number {
  if (dtype === "float64") return view.getFloat64(at, true);
  if (dtype === "float32") return view.getFloat32(at, true);
  return dtype === "int32" ? view.getInt32(at, true) : view.getUint8(at);
}
