import type { DType, Key, Shape } from "@neurite/autograd";
import { guarded, scope, split, Variable, variable } from "@neurite/autograd";
import type { Init } from "./init.js";
import { fanInUniform } from "./init.js";
import { nextStreamKey } from "./keys.js";

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
    const parameter = variable(init(shape, this.nextKey(), this.#dtype));
    declared.add(parameter);
    return parameter;
  }

  /** A key that nobody else gets: for a child, for dropout, for noise. */
  protected nextKey(): Key {
    const [rest, next] = split(this.#key);
    this.#key = rest!;
    return next!;
  }

  /** The options that a child made in a field initialiser needs: a key of its own, and the dtype. */
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
    for (const [name, value] of fieldsOf(this)) if (value instanceof Module) yield [name, value];
  }

  /** The parameters of this module and all below it by dotted path; a shared one once. */
  *namedParameters(): Iterable<[path: string, parameter: Variable]> {
    const seen = new Set<Variable>();
    for (const [path, owner] of this.namedModules()) {
      for (const [name, value] of fieldsOf(owner)) {
        if (!(value instanceof Variable) || !declared.has(value) || seen.has(value)) continue;
        seen.add(value);
        yield [path ? `${path}.${name}` : name, value];
      }
    }
  }

  /** This module (path "") and all below it by dotted path. */
  *namedModules(): Iterable<[path: string, module: Module]> {
    yield ["", this];
    for (const [name, child] of this.children()) {
      for (const [path, module] of child.namedModules()) {
        yield [path ? `${name}.${path}` : name, module];
      }
    }
  }

  /** The parameters in the order of their paths. */
  parameters(): Variable[] {
    return Array.from(this.namedParameters(), ([, parameter]) => parameter);
  }
}

/** The variables that `parameter` made: others in fields, such as a random key, do not learn. */
const declared = new WeakSet<Variable>();

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

/** The field of `parent` that holds `child`; the fields are read again when a new child turns up. */
function nameWithin(parent: Module, child: Module): string {
  if (!childNames.get(parent)?.has(child)) {
    const names = Array.from(parent.children(), ([name, module]) => [module, name] as const);
    childNames.set(parent, new Map(names));
  }
  return childNames.get(parent)!.get(child) ?? "";
}

const labelled = new WeakSet<Module>();

/** Gives the variables of a module the names of their fields, once. */
function labelFields(module: Module): void {
  if (labelled.has(module)) return;
  labelled.add(module);
  for (const [name, value] of fieldsOf(module)) {
    if (value instanceof Variable && value.label === undefined) value.as(name);
  }
}

/** The fields of a module, with those of arrays and plain objects written out: `layers.0`. */
function* fieldsOf(module: Module): Iterable<[string, unknown]> {
  const visit = function* (name: string, value: unknown): Iterable<[string, unknown]> {
    const isPlain = Array.isArray(value) || Object.getPrototypeOf(value ?? 0) === Object.prototype;
    if (!isPlain) yield [name, value];
    else
      for (const [key, part] of Object.entries(value as object))
        yield* visit(`${name}.${key}`, part);
  };
  for (const [name, value] of Object.entries(module)) yield* visit(name, value);
}
