import type { Load, Nest, Store } from "../fuse/nest.js";
import type { Expression } from "../lanes/expression.js";
import { buffersOf, overruns } from "./nest-shape.js";

/**
 * A text that two nests share only if their kernels are the same: everything but which buffers they
 * are. Kernels of equal layers are then generated once.
 */
export function nestKey(nest: Nest): string {
  const buffers = buffersOf(nest);
  const isSized = !overruns(nest);
  const words: (string | number)[] = [nest.lanes, ...(isSized ? nest.sides : ["flat"])];
  for (const { buffer, offset, strides } of nest.accesses) {
    const { dtype } = buffer.spec;
    words.push(
      buffers.indexOf(buffer),
      dtype,
      isSized ? buffer.size : +(buffer.size === 1),
      +!!buffer.slice,
      offset,
      ...strides,
    );
  }
  const numbers = new Map<Expression, number>();
  const number = (x: Expression): number => {
    const known = numbers.get(x);
    if (known !== undefined) return known;
    const inputs = x.inputs.map(number);
    const value = Object.is(x.value, -0) ? "-0" : x.value;
    words.push(x.op, x.dtype, value, x.host?.name ?? "", x.body?.name ?? "", ...inputs, ";");
    numbers.set(x, numbers.size);
    return numbers.size - 1;
  };
  const loads = (all: readonly Load[]) => {
    for (const { access, input } of all) words.push("l", access, number(input));
  };
  const stores = (all: readonly Store[]) => {
    for (const { access, value } of all) words.push("s", access, number(value));
  };
  loads(nest.rowLoads);
  for (const stage of nest.stages) {
    words.push("stage");
    loads(stage.loads);
    for (const { kind, dtype, of, result } of stage.folds) {
      words.push(kind, dtype, number(of), number(result));
    }
    stores(stage.stores);
    words.push("row");
    stores(stage.rowStores);
  }
  return words.join(" ");
}
