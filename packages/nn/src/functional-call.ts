import { type Operand, ValueError, Variable } from "@neurite/autograd";
import { fieldsOf } from "./fields.js";
import { labelFields, type Module } from "./module.js";

/**
 * Runs a module with other values in place of its variables, given by path; those not given stay.
 * So a function of the parameters can be differentiated, or mapped over many of them at once.
 */
export function functionalCall<M extends Module>(
  module: M,
  values: Readonly<Record<string, Operand>>,
  ...inputs: Parameters<M["forward"]>
): ReturnType<M["forward"]> {
  const cells = new Map(module.namedState());
  const replacements = new Map<Variable, Operand>();
  for (const [path, value] of Object.entries(values)) {
    const cell = cells.get(path);
    if (!cell) {
      throw new ValueError("functionalCall", `the module has no variable "${path}"`, {
        fix: `use one of: ${[...cells.keys()].join(", ")}`,
      });
    }
    replacements.set(cell, value);
  }
  return withValues(module, replacements, () => module.apply(...inputs)) as ReturnType<
    M["forward"]
  >;
}

/** Runs `body` while the fields of a module hold other values in place of variables. */
export function withValues<T>(
  module: Module,
  values: ReadonlyMap<Variable, Operand>,
  body: () => T,
): T {
  const undo: (() => void)[] = [];
  for (const [, owner] of [...module.namedModules()]) {
    labelFields(owner);
    for (const field of [...fieldsOf(owner)]) {
      const { value } = field;
      if (!(value instanceof Variable) || !values.has(value)) continue;
      const place = field.owner as Record<string, unknown>;
      place[field.key] = values.get(value);
      undo.push(() => {
        place[field.key] = value;
      });
    }
  }
  try {
    return body();
  } finally {
    for (const restore of undo) restore();
  }
}
