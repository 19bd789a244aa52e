import { productKernel } from "../../src/compile/kernels/product/product.js";
import type { Axis, Operand, Product } from "../../src/compile/kernels/product/shape.js";
import { webAssembly } from "../../src/compile/runtime/web-assembly.js";
import { ModuleBuilder } from "../../src/compile/wasm/module.js";
import { matmul } from "../../src/numerics/matmul.js";
import { stream } from "./draw.js";

/** How an operand lies in memory. */
interface Lie {
  /** Axes lie sorted by these numbers, which repeat: those of the batch, then outer, then inner. */
  readonly order: readonly number[];
  /** From one element to the next along the fastest axis. */
  readonly step: number;
  /** Whether all strides are negative. */
  readonly reversed?: boolean;
  /** Whether the whole batch has the same matrix. */
  readonly shared?: boolean;
}

type Sides = readonly number[];
type Floats = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** A product by the sides of its indices, and where its units are cut in two, of 1. */
export interface Case {
  readonly dtype: Product["dtype"];
  readonly batch: Sides;
  readonly rows: Sides;
  readonly inner: Sides;
  readonly columns: Sides;
  readonly a: Lie;
  readonly b: Lie;
  readonly addend: "none" | "apart" | "out";
  readonly cut: number;
}

const sizeOf = (sides: Sides): number => sides.reduce((size, side) => size * side, 1);

function operandOf(batch: Sides, outer: Sides, inner: Sides, lie: Lie): Operand {
  const sides = [...batch, ...outer, ...inner];
  const rank = (axis: number) => lie.order[axis % lie.order.length]!;
  const slowest = sides.map((_, axis) => axis).sort((x, y) => rank(x) - rank(y) || x - y);
  const strides = new Array<number>(sides.length).fill(0);
  let stride = lie.reversed ? -lie.step : lie.step;
  for (const axis of slowest.reverse()) {
    if (lie.shared && axis < batch.length) continue;
    strides[axis] = stride;
    stride *= Math.max(1, sides[axis]!);
  }
  const axes = sides.map((side, axis): Axis => ({ side, stride: strides[axis]! }));
  const [first, second] = [batch.length, batch.length + outer.length];
  return {
    batch: axes.slice(0, first),
    outer: axes.slice(first, second),
    inner: axes.slice(second),
  };
}

/** How many elements the operand spans. */
const spanOf = ({ batch, outer, inner }: Operand): number =>
  [...batch, ...outer, ...inner].reduce(
    (span, { side, stride }) => span + (side - 1) * Math.abs(stride),
    1,
  );

/** The elements of an index, in order. */
const offsets = (axes: readonly Axis[]): number[] =>
  axes.reduce(
    (all, { side, stride }) =>
      all.flatMap((offset) => Array.from({ length: side }, (_, i) => offset + i * stride)),
    [0],
  );

/** An operand's memory and where its first element is in it. */
interface Stored {
  readonly operand: Operand;
  readonly data: Floats;
  readonly first: number;
}

function stored(c: Case, operand: Operand, reversed = false): Stored {
  const data = drawn(c.dtype, Math.max(0, spanOf(operand)));
  return { operand, data, first: reversed ? Math.max(0, data.length - 1) : 0 };
}

const allocate = (dtype: Product["dtype"], length: number): Floats =>
  dtype === "float64" ? new Float64Array(length) : new Float32Array(length);

/** Numbers of all sizes of either sign, and zeros. */
function drawn(dtype: Product["dtype"], length: number): Floats {
  const random = stream(`product ${length}`);
  return allocate(dtype, length).map(() => {
    const x = random();
    return x < 0.1 ? -0 : (x - 0.5) * 2 ** Math.floor(8 * random());
  }) as Floats;
}

/** The bytes that the engine's kernel computes, and those of eager. */
export function bothResults(c: Case): { compiled: Uint8Array; eager: Uint8Array } {
  const a = stored(c, operandOf(c.batch, c.rows, c.inner, c.a), c.a.reversed);
  const b = stored(c, operandOf(c.batch, c.columns, c.inner, c.b), c.b.reversed);
  const addend = drawn(c.dtype, sizeOf([...c.batch, ...c.rows, ...c.columns]));
  return { compiled: compiled(c, a, b, addend), eager: eager(c, a, b, addend) };
}

function compiled(c: Case, a: Stored, b: Stored, addend: Floats): Uint8Array {
  const { dtype } = c;
  const added = c.addend !== "none";
  const kernel = productKernel({ dtype, a: a.operand, b: b.operand, addend: added });
  const element = addend.BYTES_PER_ELEMENT;
  // One after another at the end of memory, with the room after each that may be read.
  const parts = [kernel.scratch, addend.byteLength, addend.byteLength, a.data.byteLength];
  const sizes = [...parts, b.data.byteLength].map((size) => Math.ceil(size / 64) * 64 + 64);
  const pages = Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / 65536);
  const memory = new webAssembly!.Memory({ initial: pages });
  let end = 65536 * pages;
  const place = () => {
    end -= sizes.pop()!;
    return end;
  };
  const bytes = new Uint8Array(memory.buffer).fill(0xff);
  const [atB, atA, atAddend, out, scratch] = [place(), place(), place(), place(), place()];
  const put = (data: Floats, at: number) => bytes.set(new Uint8Array(data.buffer), at);
  put(a.data, atA);
  put(b.data, atB);
  if (added) put(addend, c.addend === "out" ? out : atAddend);

  const builder = new ModuleBuilder({ minimum: 1 });
  builder.export("run", builder.add("product", kernel.code));
  const module = new webAssembly!.Module(builder.encode());
  const { exports } = new webAssembly!.Instance(module, { host: { memory } });
  const run = exports.run as (...args: number[]) => void;
  const buffers = [out, atA + a.first * element, atB + b.first * element];
  if (added) buffers.push(c.addend === "out" ? out : atAddend);
  const before = bytes.slice();
  const cut = Math.floor(c.cut * kernel.units);
  run(cut, kernel.units, scratch, ...buffers);
  run(0, cut, scratch, ...buffers);
  // Nothing else may have changed.
  const ours = (at: number) =>
    (at >= out && at < out + addend.byteLength) || (at >= scratch && at < scratch + kernel.scratch);
  const stray = bytes.findIndex((byte, at) => byte !== before[at] && !ours(at));
  if (stray >= 0) throw new Error(`writes byte ${stray - out} of the result`);
  return bytes.slice(out, out + addend.byteLength);
}

function eager(c: Case, a: Stored, b: Stored, addend: Floats): Uint8Array {
  const { dtype } = c;
  const [rows, inner, columns] = [c.rows, c.inner, c.columns].map(sizeOf);
  const out = allocate(dtype, addend.length);
  const gather = ({ data, first }: Stored, axes: readonly Axis[]): Floats => {
    const places = offsets(axes);
    return allocate(dtype, places.length).map((_, i) => data[first + places[i]!]!) as Floats;
  };
  const left = gather(a, [...a.operand.batch, ...a.operand.outer, ...a.operand.inner]);
  const right = gather(b, [...b.operand.batch, ...b.operand.inner, ...b.operand.outer]);
  for (let i = 0; i < sizeOf(c.batch); i++) {
    const starts = [i * rows! * columns!, i * rows! * inner!, i * inner! * columns!] as const;
    matmul(out, left, right, starts, [rows!, inner!, columns!]);
  }
  if (c.addend !== "none") for (const [i, x] of addend.entries()) out[i] = x + out[i]!;
  return new Uint8Array(out.buffer);
}
