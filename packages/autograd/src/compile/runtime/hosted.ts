import { execute } from "../../execute.js";
import { NDArray, type Value } from "../../ndarray.js";
import type { HostTask } from "../program.js";
import { engineMemory, viewAt, write } from "./engine.js";

/** Runs the op of a task in JavaScript, on the memory whose addresses stand in the frame. */
export function runHosted(task: HostTask, frame: number): void {
  const { op, attrs, inputs, writes } = task;
  const [result] = writes;
  const { buffer } = engineMemory().memory;
  const addresses = new Int32Array(buffer, frame, inputs.length + 1);
  const specs = inputs.map(({ buffer: { spec }, layout: { shape } }) => ({ ...spec, shape }));
  const values = inputs.map(({ buffer: { spec }, layout }, i): Value => {
    const data = viewAt(addresses[i]! >>> 0, spec);
    const { shape, strides, offset } = layout;
    if (shape.length === 0) return data[offset]!;
    return new NDArray(data, spec.dtype, shape, strides, offset);
  });
  const value = execute(op, specs, values, attrs, result!.spec);
  write(addresses[inputs.length]! >>> 0, result!.spec, value);
}
