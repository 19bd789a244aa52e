import {
  type DType,
  guarded,
  type Key,
  type Shape,
  ShapeError,
  sameShape,
  scope,
  showShape,
  split,
  Variable,
  variable,
} from "@neurite/autograd";
import { fieldsOf } from "./fields.js";
import { fanInUniform, type Init, zeros } from "./init.js";
import { nextStreamKey } from "./keys.js";
import {
  type LoadOptions,
  readState,
  type StateDict,
  type StateDifferences,
  type StateOptions,
  snakeCase,
  writeState,
} from "./state.js";

export interface ModuleOptions {
  /** Where the module's random numbers come from; by default the stream that `seed` restarts. */
  readonly key?: Key | undefined;
  /** The dtype of the parameters; float32 by default. */
  readonly dtype?: DType | undefined;
}

/**
 * A module is its fields and a `forward`. Parameters and other modules stored in fields, or in
 * arrays and plain objects in fields, belong to it under the name of the field; `#private` fields
 * do not. Users write `forward`; callers call `apply`, which names the region of the graph.
 */
export abstract class Module {
  readonly #training = { value: true };
  readonly #dtype: DType;
  #key: Key;

  constructor({ key, dtype = "float32" }: ModuleOptions = {}) {
    this.#key = key ?? nextStreamKey();
    this.#dtype = dtype;
  }

  abstract forward(...inputs: never[]): unknown;

  /** Runs `forward` in a scope named after the field that holds the module. */
  apply(...inputs: Parameters<this["forward"]>): ReturnType<this["forward"]> {
    const name = running ? nameWithin(running, this) : "";
    const run = () => this.forward(...(inputs as never[])) as ReturnType<this["forward"]>;
    labelFields(this);
    return scope(name, () => whileRunning(this, run), this.constructor.name);
  }

  /** Declares a parameter; by default uniform within ±1/√fanIn, as PyTorch's layers are. */
  protected parameter(shape: Shape, { init = fanInUniform() }: { init?: Init } = {}): Variable {
    const parameter = this.buffer(shape, { init });
    declared.add(parameter);
    return parameter;
  }

  /**
   * Declares something that is kept with the parameters but does not learn, such as a running mean:
   * zeros by default, in the dtype of the parameters.
   */
  protected buffer(
    shape: Shape,
    { init = zeros, dtype = this.#dtype }: { init?: Init; dtype?: DType } = {},
  ): Variable {
    const value = init(shape, this.nextKey(), dtype);
    if (!sameShape(value.shape, shape) || value.dtype !== dtype) {
      const made = `${value.dtype} ${showShape(value.shape)}`;
      const problem = `made ${made}, not ${dtype} ${showShape(shape)}`;
      throw new ShapeError(this.constructor.name, `the initialiser ${problem}`, {
        shapes: [value.shape, shape],
        fix: "let it return a tensor of the shape and dtype that it is given",
      });
    }
    return variable(value);
  }

  /** A key that nobody else gets: for a child, for dropout, for noise. */
  protected nextKey(): Key {
    const [rest, next] = split(this.#key);
    this.#key = rest!;
    return next!;
  }

  /** The options of a child made in a field initialiser: a key of its own, and the dtype. */
  protected get inherited(): Required<ModuleOptions> {
    return { key: this.nextKey(), dtype: this.#dtype };
  }

  /** Whether the module is in training mode, where dropout drops. */
  get training(): boolean {
    return guarded(this.#training);
  }

  /** Switches this module and its children to training, or with false to evaluation. */
  train(on = true): this {
    this.#training.value = on;
    for (const [, child] of this.children()) child.train(on);
    return this;
  }

  /** Switches to evaluation: `train(false)`. */
  eval(): this {
    return this.train(false);
  }

  /** The modules in the fields, by name, in the order of the fields. */
  *children(): Iterable<[name: string, child: Module]> {
    for (const { name, value } of fieldsOf(this)) {
      if (value instanceof Module) yield [name, value];
    }
  }

  /** The parameters of this module and all below it by dotted path; a shared one once. */
  *namedParameters(): Iterable<[path: string, parameter: Variable]> {
    for (const entry of this.namedState()) if (declared.has(entry[1])) yield entry;
  }

  /**
   * Every variable of this module and all below it by dotted path; a shared one once. Besides the
   * parameters these are things such as random keys: all that a checkpoint has to keep.
   */
  *namedState(): Iterable<[path: string, variable: Variable]> {
    const seen = new Set<Variable>();
    for (const [path, owner] of this.namedModules()) {
      for (const { name, value } of fieldsOf(owner)) {
        if (!(value instanceof Variable) || seen.has(value)) continue;
        seen.add(value);
        yield [join(path, name), value];
      }
    }
  }

  /** This module (path "") and all below it by dotted path; a shared one once. */
  *namedModules(): Iterable<[path: string, module: Module]> {
    yield* modulesFrom(this, "", new Set());
  }

  /** The parameters in the order of their paths. */
  parameters(): Variable[] {
    return Array.from(this.namedParameters(), ([, parameter]) => parameter);
  }

  /** What every variable holds now, by dotted path, or by the name it has in PyTorch. */
  stateDict(options?: StateOptions): StateDict {
    return readState(this, options);
  }

  /**
   * Gives the variables the values of a state dictionary. Names that are missing, unknown or of
   * another shape or dtype are an error that lists them all and changes nothing; with
   * `strict: false` what fits is taken, and the answer lists the rest.
   */
  loadStateDict(state: StateDict, options?: LoadOptions): StateDifferences {
    return writeState(this, state, options);
  }

  /**
   * PyTorch's name of a variable that has the given path in this module, null if PyTorch has no
   * such thing. By default the names of fields, in snake_case.
   */
  torchName(path: string): string | null {
    for (const [name, child] of this.children()) {
      if (!path.startsWith(`${name}.`)) continue;
      const rest = child.torchName(path.slice(name.length + 1));
      return rest === null ? null : `${snakeCase(name)}.${rest}`;
    }
    return snakeCase(path);
  }
}

/** The variables that `parameter` made: others in fields, such as a random key, do not learn. */
const declared = new WeakSet<Variable>();

function* modulesFrom(
  module: Module,
  path: string,
  seen: Set<Module>,
): Iterable<[path: string, module: Module]> {
  if (seen.has(module)) return;
  seen.add(module);
  yield [path, module];
  for (const [name, child] of module.children()) yield* modulesFrom(child, join(path, name), seen);
}

const join = (path: string, name: string): string => (path ? `${path}.${name}` : name);

let running: Module | null = null;

function whileRunning<T>(module: Module, body: () => T): T {
  const outer = running;
  running = module;
  try {
    return body();
  } finally {
    running = outer;
  }
}

const childNames = new WeakMap<Module, Map<Module, string>>();

/** The first field of `parent` that holds `child`; read again when a new child turns up. */
function nameWithin(parent: Module, child: Module): string {
  if (!childNames.get(parent)?.has(child)) {
    const names = new Map<Module, string>();
    for (const [name, module] of parent.children()) if (!names.has(module)) names.set(module, name);
    childNames.set(parent, names);
  }
  return childNames.get(parent)!.get(child) ?? "";
}

const labelled = new WeakSet<Module>();

/** Gives the variables of a module the names of their fields, once. */
export function labelFields(module: Module): void {
  if (labelled.has(module)) return;
  labelled.add(module);
  for (const { name, value } of fieldsOf(module)) {
    if (value instanceof Variable && value.label === undefined) value.as(name);
  }
}
