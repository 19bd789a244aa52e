import type { Operand, Tensor, Variable } from "@neurite/autograd";
import { sameShape, showShape, ValueError } from "@neurite/autograd";

/** Values of variables, by name. */
export type StateDict = Readonly<Record<string, Tensor>>;

export interface StateOptions {
  /** Whose names to use: paths by default, `"torch"` for those of the same layer in PyTorch. */
  readonly naming?: "torch" | undefined;
}

export interface LoadOptions extends StateOptions {
  /** Whether every name has to fit; true by default. */
  readonly strict?: boolean;
  /** Whether values of another dtype are converted; false by default. */
  readonly cast?: boolean;
}

/** How a state dictionary differs from the module it is loaded into. */
export interface StateDifferences {
  /** Names the module has and the dictionary has not. */
  readonly missing: readonly string[];
  /** Names the dictionary has and the module has not. */
  readonly unexpected: readonly string[];
  /** Names of values in another shape or dtype, with both. */
  readonly mismatched: readonly string[];
}

/** What holds variables by path and knows how PyTorch calls them. */
interface Holder {
  namedState(): Iterable<[path: string, variable: Variable]>;
  torchName(path: string): string | null;
}

export function readState(holder: Holder, options: StateOptions = {}): StateDict {
  const entries = [...namedBy(holder, options)];
  return Object.fromEntries(entries.map(([name, cell]) => [name, detached(cell)]));
}

export function writeState(
  holder: Holder,
  state: StateDict,
  options: LoadOptions = {},
): StateDifferences {
  const { differences, assign } = matchState(namedBy(holder, options), state, options);
  if (options.strict !== false) refuse(differences);
  assign();
  return differences;
}

/** How named variables and a state differ, and what gives the variables the values that fit. */
export function matchState(
  variables: Iterable<readonly [name: string, variable: Variable]>,
  state: StateDict,
  { cast = false }: LoadOptions = {},
): { readonly differences: StateDifferences; readonly assign: () => void } {
  const own = new Map(variables);
  const given = new Map(Object.entries(state));
  const missing = [...own.keys()].filter((name) => !given.has(name));
  const unexpected = [...given.keys()].filter((name) => !own.has(name));
  const fitting: [Variable, Tensor][] = [];
  const mismatched: string[] = [];
  for (const [name, cell] of own) {
    const value = given.get(name);
    if (!value) continue;
    if ((cast || value.dtype === cell.dtype) && sameShape(value.shape, cell.shape)) {
      fitting.push([cell, detached(value).cast(cell.dtype)]);
    } else mismatched.push(`${name} (${typeOf(cell)} here, ${typeOf(value)} given)`);
  }
  const assign = () => {
    for (const [cell, value] of fitting) cell.assign(value);
  };
  return { differences: { missing, unexpected, mismatched }, assign };
}

/** The differences as words; empty if there are none. */
export function listDifferences(differences: StateDifferences): string {
  const { missing, unexpected, mismatched } = differences;
  return [
    missing.length > 0 && `missing: ${missing.join(", ")}`,
    unexpected.length > 0 && `unexpected: ${unexpected.join(", ")}`,
    mismatched.length > 0 && `of another type: ${mismatched.join(", ")}`,
  ]
    .filter((part) => part !== false)
    .join("; ");
}

/** `biasIh` as `bias_ih`. */
export const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function* namedBy(holder: Holder, { naming }: StateOptions): Iterable<[string, Variable]> {
  for (const [path, cell] of holder.namedState()) {
    const name = naming === "torch" ? holder.torchName(path) : path;
    if (name !== null) yield [name, cell];
  }
}

const detached = (x: Operand): Tensor => x.stopGradient();

const typeOf = ({ dtype, shape }: Operand): string => `${dtype} ${showShape(shape)}`;

function refuse(differences: StateDifferences): void {
  const list = listDifferences(differences);
  if (list === "") return;
  throw new ValueError("loadStateDict", `the state does not fit; ${list}`, {
    fix: "load a state of the same model, or give { strict: false } to take what fits",
  });
}
