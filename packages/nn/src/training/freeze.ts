import { ValueError, type Variable } from "@neurite/autograd";

/** A path of a parameter or a module, with `*` for anything, or a regular expression. */
export type PathPattern = string | RegExp;

interface Parameters {
  namedParameters(): Iterable<[path: string, parameter: Variable]>;
}

/**
 * Keeps parameters as they are: they get no gradients, so that no optimizer moves them, and a
 * compiled step spares itself the computation. `freeze(model, "encoder.*")`, all without a pattern.
 * Buffers such as running means go on in training mode. Returns the paths.
 */
export const freeze = (model: Parameters, pattern?: PathPattern): readonly string[] =>
  setRequired("freeze", model, pattern, false);

/** Lets parameters learn again. */
export const unfreeze = (model: Parameters, pattern?: PathPattern): readonly string[] =>
  setRequired("unfreeze", model, pattern, true);

function setRequired(
  op: string,
  model: Parameters,
  pattern: PathPattern = "*",
  required: boolean,
): readonly string[] {
  const all = [...model.namedParameters()];
  const chosen = all.filter(([path]) => fits(path, pattern));
  if (chosen.length === 0) {
    throw new ValueError(op, `no parameter has a path like ${pattern}`, {
      fix: `the paths are ${all.map(([path]) => path).join(", ")}`,
    });
  }
  for (const [, parameter] of chosen) parameter.requiresGrad = required;
  return chosen.map(([path]) => path);
}

function fits(path: string, pattern: PathPattern): boolean {
  if (pattern instanceof RegExp) return path.search(pattern) >= 0;
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}(\\..*)?$`).test(path);
}
