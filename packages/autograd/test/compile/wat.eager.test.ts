import { expect, test } from "vitest";
import { assemble } from "../../src/compile/assemble.js";
import { Buffer } from "../../src/compile/buffer.js";
import { fuse } from "../../src/compile/fuse/fuse.js";
import { hostFunctions } from "../../src/compile/lanes/host-functions.js";
import { plan } from "../../src/compile/plan.js";
import { simplify } from "../../src/compile/simplify/simplify.js";
import { Code } from "../../src/compile/wasm/code.js";
import { ModuleBuilder } from "../../src/compile/wasm/module.js";
import { opcodes } from "../../src/compile/wasm/opcodes.js";
import { printModule } from "../../src/compile/wasm/print.js";
import { compile, type Tensor, tensor, trace, variable, zeros } from "../../src/index.js";
import { bodiesOf } from "../support/parse-wat.js";

test("every instruction is printed so that it can be read back", () => {
  const code = new Code({ params: [], results: [] });
  for (const [name, { immediate }] of opcodes) {
    if (name === "end" || name === "else" || immediate === "block") continue;
    const numbers = {
      index: [0],
      label: [300],
      table: [1, 2, 0],
      i32: [-123456],
      i64: [2 ** 40],
      f32: [Math.fround(0.1)],
      f64: [-0],
      v128: Array.from({ length: 16 }, (_, i) => 16 * i + 1),
      memory: [65540],
      memoryLane: [8, 1],
      lane: [1],
      lanes: Array.from({ length: 16 }, (_, i) => 31 - i),
      copy: [],
      fill: [],
    };
    code.emit(name, ...(immediate ? numbers[immediate] : []));
  }
  const outer = code.f32x4(Infinity).i32(0);
  outer.if(
    () => code.block(() => code.emit("f32.const", Number.NEGATIVE_INFINITY), "f32"),
    () => code.loop(() => code.emit("nop")),
    "f32",
  );
  const builder = new ModuleBuilder({ minimum: 1, shared: 9 });
  const { body } = builder.add("all of them", code);
  const text = printModule(builder.encode());
  expect(text).toContain("(memory 1 9 shared)");
  expect(bodiesOf(text).get("$all_of_them")).toEqual(body);
});

test("the module of a program is", () => {
  const f = (x: Tensor, i: Tensor) => {
    const y = x
      .matmul(x.transpose())
      .softmax()
      .mul(x.sum(1, { keepDims: true }).exp());
    return [y.indexSelect(i, 0).max(), y.pow(1.5).remainder(2), y.argmax(0)];
  };
  const { graph } = trace(f, zeros([40, 40]), zeros([3], { dtype: "int32" }));
  const inputs = graph.inputs.map(({ spec }) => new Buffer(spec));
  const { tasks, outputs } = fuse(simplify(graph), inputs);
  const program = { tasks, inputs, outputs };
  const placed = plan(program, new Map(), new Map(), () => 64);
  const around = { memory: { minimum: 1 }, take: () => 64 };
  const { builder } = assemble(program, placed, hostFunctions, around);
  const bodies = [...bodiesOf(printModule(builder.encode())).values()];
  expect(bodies.length).toBeGreaterThan(5);
  expect(bodies).toEqual(builder.functions.map(({ body }) => body));
});

test("a compiled function shows its kernels by name", () => {
  const w = variable([[1], [2]]);
  const step = compile((x: Tensor) => x.matmul(w).tanh());
  step(tensor([[1, 2]]));
  const text = step.wat();
  expect(text).toMatch(/^\(module\n {2}\(import "host" "memory" \(memory 1/);
  expect(text).toContain("(func $contract (param i32 i32 i32 i32 i32 i32)");
  expect(text).toMatch(/call \$contract\n[\s\S]*call \$tanh\n/);
});
