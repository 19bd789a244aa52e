/** One thing that a module keeps, and where: `owner[key]`. */
export interface Field {
  /** The name of the field; with those of arrays and plain objects written out: `layers.0`. */
  readonly name: string;
  readonly value: unknown;
  readonly owner: object;
  readonly key: string;
}

/** The enumerable fields of an object, arrays and plain objects in them walked, in their order. */
export function* fieldsOf(owner: object, prefix = ""): Iterable<Field> {
  for (const [key, value] of Object.entries(owner)) {
    const name = prefix + key;
    const isPlain = Array.isArray(value) || Object.getPrototypeOf(value ?? 0) === Object.prototype;
    if (isPlain) yield* fieldsOf(value as object, `${name}.`);
    else yield { name, value, owner, key };
  }
}
