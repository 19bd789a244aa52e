import { type Tensor, TraceError } from "@neurite/autograd";
import { fieldsOf } from "../fields.js";
import type { Module } from "../module.js";

const FIX =
  "make the state explicit, forward(x, state) beside initialState(), and give it to sequenceOf";

/** The value of a variable of one unit: what stands for it says so when it is assigned. */
export const constant = (op: string, neuron: Module, path: string, value: Tensor): Tensor =>
  Object.assign(value, {
    assign: () => {
      const problem = `forward of ${neuron.constructor.name} assigns its variable ${path}`;
      throw new TraceError(op, problem, { fix: FIX });
    },
  });

/** Runs `body`, and refuses (and undoes) it if a field of the neuron is another one after it. */
export function stateless<T>(op: string, neuron: Module, body: () => T): T {
  const fields = [...neuron.namedModules()].flatMap(([, module]) => [...fieldsOf(module)]);
  const result = body();
  const changed = fields.filter(({ owner, key, value }) => Reflect.get(owner, key) !== value);
  for (const { owner, key, value } of changed) Reflect.set(owner, key, value);
  if (changed.length === 0) return result;
  const names = changed.map(({ name }) => name).join(" and ");
  const problem = `forward of ${neuron.constructor.name} changes its field ${names}`;
  throw new TraceError(op, `${problem}: a state that no graph can see`, { fix: FIX });
}
