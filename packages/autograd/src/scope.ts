/**
 * A named region of the graph. Every node remembers the scope in which it was recorded, and that is
 * all a diagram or an error needs to name a layer: nobody has to import the layer.
 */
export class Scope {
  /** The dotted path of the names, as in "encoder.1.fc"; unnamed scopes add nothing to it. */
  readonly path: string;
  readonly #children = new Map<string, Scope>();

  constructor(
    readonly name: string,
    /** What the region is, such as a class name ("LSTMCell"); may be empty. */
    readonly kind: string,
    readonly parent: Scope | null,
  ) {
    this.path = [parent?.path, name].filter(Boolean).join(".");
  }

  child(name: string, kind: string): Scope {
    const id = `${name}\n${kind}`;
    let child = this.#children.get(id);
    if (!child) {
      child = new Scope(name, kind, this);
      this.#children.set(id, child);
    }
    return child;
  }
}

const root = new Scope("", "", null);
let current: Scope = root;

/** Runs `body`; the nodes it records belong to the region `name`. Scopes nest. */
export function scope<T>(name: string, body: () => T, kind = ""): T {
  return withinScope(current.child(name, kind), body);
}

/** Runs `body` in a scope that exists already, as a derivative does in that of its operation. */
export function withinScope<T>(scope: Scope, body: () => T): T {
  const outer = current;
  current = scope;
  try {
    return body();
  } finally {
    current = outer;
  }
}

export const currentScope = (): Scope => current;
