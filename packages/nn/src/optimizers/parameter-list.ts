import { ValueError, Variable } from "@neurite/autograd";

/** Variables, with their paths as `model.namedParameters()` gives them or without. */
export type ParameterList = Iterable<Variable | readonly [path: string, parameter: Variable]>;

/** A parameter of a list. */
export interface Listed {
  readonly parameter: Variable;
  /** What the caller called it; undefined for a variable that came without a path. */
  readonly path: string | undefined;
}

/** Reads the parameters that the owner was given: floating-point variables, each of them once. */
export function readParameters(owner: string, parameters: ParameterList): readonly Listed[] {
  const fix = "give model.parameters(), or the variables that should learn";
  if (!(Symbol.iterator in Object(parameters))) {
    throw new ValueError(owner, "the parameters are not a list", { fix });
  }
  const entries = Array.from(
    parameters,
    (entry): Listed =>
      isNamed(entry)
        ? { path: entry[0], parameter: entry[1] }
        : { path: undefined, parameter: entry },
  );
  if (entries.length === 0) {
    throw new ValueError(owner, "the list of parameters is empty", { fix });
  }
  const positions = new Map<Variable, number>();
  for (const [i, entry] of entries.entries()) {
    const { parameter } = entry;
    if (!(parameter instanceof Variable) || !/^float/.test(parameter.dtype)) {
      throw new ValueError(owner, `entry ${i} is not a float32 or float64 variable`, { fix });
    }
    const first = positions.get(parameter) ?? i;
    positions.set(parameter, first);
    if (first === i) continue;
    const [title, other] = [titleOf(entries[first]!), entry.path];
    const again = other === undefined || other === entries[first]!.path ? "" : `, as ${other} too`;
    throw new ValueError(
      owner,
      `${title} is listed twice${again}, at positions ${first} and ${i}`,
      { fix: "list it once" },
    );
  }
  return entries;
}

const isNamed = (
  entry: Variable | readonly [path: string, parameter: Variable],
): entry is readonly [path: string, parameter: Variable] => Array.isArray(entry);

/** How an error calls a parameter. */
export function titleOf({ path, parameter }: Listed): string {
  const name = path ?? parameter.label;
  return name === undefined ? "one parameter" : `parameter ${name}`;
}
