import { readFileSync } from "node:fs";
import { assemble } from "../../packages/autograd/src/compile/assemble.js";
import { Buffer } from "../../packages/autograd/src/compile/buffer.js";
import { fuse } from "../../packages/autograd/src/compile/fuse/fuse.js";
import { hostFunctions } from "../../packages/autograd/src/compile/lanes/host-functions.js";
import { plan, roomFor } from "../../packages/autograd/src/compile/plan.js";
import { Names } from "../../packages/autograd/src/compile/print/names.js";
import { printPlan, printTasks } from "../../packages/autograd/src/compile/print/program.js";
import { simplify } from "../../packages/autograd/src/compile/simplify/simplify.js";
import { printModule } from "../../packages/autograd/src/compile/wasm/print.js";
import {
  printGraph,
  scope,
  type Tensor,
  trace,
  variable,
  zeros,
} from "../../packages/autograd/src/index.js";

// packages/autograd/src/compile/README.md: its example at every stage.

const path = new URL("../../packages/autograd/src/compile/README.md", import.meta.url);

/** The README with what the stages print in the block below each `<!-- stage -->`. */
export function stagesDocument(): string {
  let text = readFileSync(path, "utf8");
  for (const [stage, printed] of Object.entries(stages())) {
    const block = new RegExp(`(<!-- ${stage} -->\n\n\`\`\`\\w*\n)[^]*?(\n\`\`\`)`);
    if (!block.test(text)) throw new Error(`the README of compile has no block for ${stage}`);
    text = text.replace(block, (_, head: string, end: string) => head + printed + end);
  }
  return text;
}

function stages() {
  const w = variable([[0.5], [-0.5]], { label: "w" });
  const step = (x: Tensor, y: Tensor): Tensor => {
    const loss = scope("neuron", () => x.matmul(w).relu())
      .sub(y)
      .square()
      .mean();
    loss.backward();
    w.assign(w.sub(w.grad!.mul(0.1)));
    w.zeroGrad();
    return loss;
  };
  const { graph } = trace(step, zeros([4, 2]), zeros([4, 1]));
  const written = graph.writes.flatMap(({ node }) => node ?? []);
  const inputs = [...graph.inputs, ...graph.captures.map(({ node }) => node)];
  const outputs = [...graph.outputs, ...written];
  const simple = simplify({ ...graph, inputs, outputs });

  const buffers = inputs.map(({ spec }) => new Buffer(spec));
  const [x, y, place] = buffers as [Buffer, Buffer, Buffer];
  const fused = fuse(simple, buffers);
  const [loss, value] = fused.outputs as [Buffer, Buffer];
  const named = { x, y, w: place, loss };
  const names = new Names(Object.entries(named).map(([name, buffer]) => [buffer, name]));
  const program = { tasks: fused.tasks, inputs: [x, y], outputs: [loss] };
  // The last task reads each element of w where it writes the new one.
  const room = roomFor(place.bytes);
  const placed = plan(program, new Map([[place, 0]]), new Map([[value, place]]), () => room);
  const around = { memory: { minimum: 1 }, take: () => room + placed.bytes };
  const { builder } = assemble(program, placed, hostFunctions, around);
  const module = printModule(builder.encode());
  return {
    trace: printGraph(outputs),
    simplify: printGraph(simple.outputs),
    fuse: printTasks(fused.tasks, names),
    plan: printPlan(program, placed, names),
    encode: functionIn(module, "step"),
  };
}

/** A function of a module in text. */
const functionIn = (module: string, name: string): string => {
  const lines = module.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`  (func $${name}`));
  const end = lines.indexOf("  )", start);
  return lines
    .slice(start, end + 1)
    .map((line) => line.slice(2))
    .join("\n");
};
