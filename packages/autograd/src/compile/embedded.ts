import { constant } from "../ops/leaf.js";
import { leaf } from "../tensor.js";
import type { Engine } from "./engine.js";
import { Executable } from "./executable.js";
import { reportOf } from "./explain-program.js";
import { printModule } from "./wasm/print.js";

/** The engine that comes with neurite: one WebAssembly module for each graph. */
export const embedded = (threads: number): Engine => ({
  name: "WebAssembly",
  load(graph) {
    const executable = new Executable(graph, threads);
    const specs = graph.outputs.map(({ spec }) => spec);
    return {
      run: (inputs) => executable.run(inputs).map((value, i) => leaf(constant, specs[i]!, value)),
      wat: () => printModule(executable.bytes),
      explain: (inputs) => reportOf(executable, inputs),
    };
  },
});
