import type { TypedArray } from "../../dtype.js";
import { asArray, asValue } from "../../execute.js";
import { copyInto, NDArray, type Value } from "../../ndarray.js";
import type { Spec } from "../../op.js";
import { sizeOf } from "../../shape.js";
import { bytesOf } from "../layout.js";
import { roomFor } from "../plan.js";
import { EngineMemory } from "./memory.js";

let engine: EngineMemory | null = null;

/** The memory of all compiled functions, made when the first is compiled. */
export function engineMemory(): EngineMemory {
  engine ??= new EngineMemory(false);
  return engine;
}

/** Makes it memory that threads share, if there is none yet; returns whether it is. */
export function shareEngineMemory(): boolean {
  engine ??= new EngineMemory(true);
  return engine.limits.shared !== undefined;
}

/** Takes memory for a value. */
export const takeFor = (spec: Spec): number =>
  engineMemory().take(roomFor(sizeOf(spec.shape) * bytesOf(spec)));

/** Gives memory back when `owner` is collected. */
export function giveBackWith(owner: object, address: number): void {
  owners.register(owner, address);
}

const owners = new FinalizationRegistry<number>((address) => engineMemory().giveBack(address));

/** The elements in memory, as an array over it: it has to be looked at before the memory grows. */
export function viewAt(address: number, { shape, dtype }: Spec): TypedArray {
  const { buffer } = engineMemory().memory;
  const size = sizeOf(shape);
  switch (dtype) {
    case "float32":
      return new Float32Array(buffer, address, size);
    case "float64":
      return new Float64Array(buffer, address, size);
    case "int32":
      return new Int32Array(buffer, address, size);
    case "bool":
      return new Uint8Array(buffer, address, size);
  }
}

/** Copies a value into memory. */
export function write(address: number, spec: Spec, value: Value): void {
  const view = viewAt(address, spec);
  if (typeof value === "number") view[0] = value;
  else copyInto(new NDArray(view, spec.dtype, spec.shape), asArray(value, spec));
}

/** Copies a value out of memory. */
export function read(address: number, spec: Spec): Value {
  const { shape, dtype } = spec;
  if (shape.length === 0) return viewAt(address, spec)[0]!;
  return asValue(new NDArray(viewAt(address, spec).slice(), dtype, shape));
}
