import { load, store, WIDTH } from "../../src/compile/kernels/access.js";
import { LaneEmitter } from "../../src/compile/lanes/emit.js";
import { Expression, type HostFunction } from "../../src/compile/lanes/expression.js";
import { hostFunctions } from "../../src/compile/lanes/host-functions.js";
import { webAssembly } from "../../src/compile/runtime/web-assembly.js";
import { Code } from "../../src/compile/wasm/code.js";
import { ModuleBuilder } from "../../src/compile/wasm/module.js";
import { allocate, type DType, type TypedArray } from "../../src/dtype.js";

export interface LaneKernel {
  readonly code: Code;
  /** Where the loop begins in the code. */
  readonly loop: number;
  /** The bytes at which operands begin, in turn; then the result. */
  readonly addresses: readonly number[];
  readonly memory: { readonly buffer: ArrayBuffer };
  /** How often the host was called. */
  readonly calls: () => number;
  /** Computes so many elements, and what fills the last vectors. */
  run(count: number): void;
}

export interface LaneKernelOptions {
  readonly vectors?: number;
  readonly lanes?: 2 | 4;
  /** The most elements that are computed at once. */
  readonly capacity: number;
  /** Operands that are one number, the same for all elements. */
  readonly single?: readonly number[];
}

/** A module of one loop, which computes an expression of some operands for element after element. */
export function laneKernel(
  dtypes: readonly DType[],
  result: DType,
  formula: (x: readonly Expression[]) => Expression,
  { vectors = 3, lanes = lanesFor([...dtypes, result]), capacity, single = [] }: LaneKernelOptions,
): LaneKernel {
  const inputs = dtypes.map((dtype, i) => Expression.input(dtype, i));
  const root = formula(inputs);
  const padded = capacity + lanes * vectors;
  const sizes = [...dtypes, result].map((dtype) => Math.ceil((WIDTH[dtype] * padded) / 64) * 64);
  const addresses = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0));
  const pages = Math.ceil((addresses.at(-1)! + sizes.at(-1)!) / 65536);

  const imports = hostFunctions.map((host, i) => ({
    name: `host${i}`,
    signature: {
      params: Array.from({ length: host.length }, () => "f64" as const),
      results: ["f64" as const],
    },
  }));
  const builder = new ModuleBuilder({ minimum: pages }, imports);
  const params = ["i32" as const, ...addresses.map(() => "i32" as const)];
  const code = new Code({ params, results: [] });
  const host = (f: HostFunction) => hostFunctions.indexOf(f);
  const emitter = new LaneEmitter(code, { lanes, vectors, host });
  const place = (dtype: DType, i: number, vector: number) => {
    const bytes = vector * lanes * WIDTH[dtype];
    return { dtype, pointer: i + 1, bytes, stride: 1, count: lanes, lanes };
  };
  const read = (i: number, vector: number, stride: number) => {
    load(code, { ...place(dtypes[i]!, i, vector), stride });
    const local = code.local("v128");
    code.set(local);
    return local;
  };
  for (const i of single) emitter.bind(inputs[i]!, [read(i, 0, 0)]);
  emitter.hoist([root]);
  const loop = code.bytes.length;
  const counter = code.local("i32");
  code.forUpTo(
    counter,
    () => code.get(0),
    lanes * vectors,
    () => {
      const body = emitter.fork();
      for (const [i, input] of inputs.entries()) {
        if (single.includes(i)) continue;
        body.bind(
          input,
          Array.from({ length: vectors }, (_, vector) => read(i, vector, 1)),
        );
      }
      for (const [vector, local] of body.emit(root).entries()) {
        store(code, place(result, dtypes.length, vector), () => code.get(local));
      }
      for (const [i, dtype] of [...dtypes, result].entries()) {
        const step = single.includes(i) ? 0 : lanes * vectors * WIDTH[dtype];
        code
          .get(i + 1)
          .i32(step)
          .emit("i32.add")
          .set(i + 1);
      }
    },
  );
  builder.export("run", builder.add("kernel", code));

  let calls = 0;
  const memory = new webAssembly!.Memory({ initial: pages });
  const counted = hostFunctions.map((f, i) => [
    `host${i}`,
    (...x: [number, number, number]) => {
      calls++;
      return f(...x);
    },
  ]);
  const { exports } = new webAssembly!.Instance(new webAssembly!.Module(builder.encode()), {
    host: { memory, ...Object.fromEntries(counted) },
  });
  const run = exports.run as (...args: number[]) => void;
  return {
    code,
    loop,
    addresses,
    memory,
    calls: () => calls,
    run: (count) => run(count, ...addresses),
  };
}

/** Computes an expression for all elements of some arrays. */
export function inLaneKernel(
  operands: readonly TypedArray[],
  dtypes: readonly DType[],
  result: DType,
  formula: (x: readonly Expression[]) => Expression,
  options: Omit<LaneKernelOptions, "capacity"> = {},
): { readonly result: TypedArray; readonly calls: number; readonly code: Code } {
  const count = Math.max(...operands.map(({ length }) => length));
  const kernel = laneKernel(dtypes, result, formula, { ...options, capacity: count });
  const at = (i: number, dtype: DType, length: number): TypedArray => {
    const View = allocate(dtype, 0).constructor as new (
      buffer: ArrayBuffer,
      offset: number,
      length: number,
    ) => TypedArray;
    return new View(kernel.memory.buffer, kernel.addresses[i]!, length);
  };
  for (const [i, values] of operands.entries()) at(i, dtypes[i]!, values.length).set(values);
  kernel.run(count);
  const out = allocate(result, count);
  out.set(at(operands.length, result, count));
  return { result: out, calls: kernel.calls(), code: kernel.code };
}

const lanesFor = (dtypes: readonly DType[]): 2 | 4 => (dtypes.includes("float64") ? 2 : 4);
