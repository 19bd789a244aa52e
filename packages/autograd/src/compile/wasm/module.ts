import { name, unsigned } from "./bytes.js";
import { type Code, type Signature, TYPES } from "./code.js";

/** A function that the module calls and the host gives, in the namespace "host". */
export interface Imported {
  readonly name: string;
  readonly signature: Signature;
}

/** How much memory the module expects to find, in pages of 64 KiB. */
export interface MemoryLimits {
  readonly minimum: number;
  /** The most it may grow to; given for memory that threads share. */
  readonly shared?: number;
}

/** A function of the module: its index in calls, and a name for people. */
export interface Defined {
  readonly index: number;
  readonly name: string;
  readonly code: Code;
  readonly body: Uint8Array;
}

const latin = new TextDecoder("latin1");

/**
 * Collects functions into a module that imports its memory as "host" "memory". Functions with the
 * same types and instructions are one: forty equal layers share their kernels.
 */
export class ModuleBuilder {
  readonly functions: Defined[] = [];
  readonly #types = new Map<string, { readonly index: number; readonly signature: Signature }>();
  readonly #known = new Map<string, Defined>();
  readonly #exports: (readonly [label: string, index: number])[] = [];

  constructor(
    readonly memory: MemoryLimits,
    readonly imports: readonly Imported[] = [],
  ) {}

  /** The index of an import in calls. */
  imported(label: string): number {
    const index = this.imports.findIndex(({ name }) => name === label);
    if (index < 0) throw new Error(`nothing is imported as ${label}`);
    return index;
  }

  /** The index of the next new function. */
  get next(): number {
    return this.imports.length + this.functions.length;
  }

  /** Adds a function, or finds its equal. */
  add(label: string, code: Code): Defined {
    const body = code.encode();
    const key = `${this.#typeOf(code.signature)}:${latin.decode(body)}`;
    const known = this.#known.get(key);
    if (known) return known;
    const index = this.next;
    const added = { index, name: label, code, body };
    this.functions.push(added);
    this.#known.set(key, added);
    return added;
  }

  /** Makes a function callable from outside. */
  export(label: string, { index }: Defined): void {
    this.#exports.push([label, index]);
  }

  /** The module as bytes: WebAssembly Core Specification 2.0, chapter 5.5. */
  encode(): Uint8Array<ArrayBuffer> {
    const imports = this.imports.map(({ name: label, signature }) => {
      const type = this.#typeOf(signature);
      return (out: number[]) => {
        name(out, "host");
        name(out, label);
        out.push(KIND.function);
        unsigned(out, type);
      };
    });
    const indices = this.functions.map(({ code }) => this.#typeOf(code.signature));
    const sections = [
      section(1, [...this.#types.values()].map(typeOf)),
      section(2, [(out) => memoryImport(out, this.memory), ...imports]),
      section(
        3,
        indices.map((index) => (out) => unsigned(out, index)),
      ),
      section(7, this.#exports.map(exportOf)),
      codeSection(this.functions.map(({ body }) => body)),
      nameSection([...this.imports, ...this.functions]),
    ];
    const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
    return joined([Uint8Array.from(header), ...sections]);
  }

  #typeOf(signature: Signature): number {
    const key = `${signature.params}:${signature.results}`;
    const known = this.#types.get(key);
    if (known) return known.index;
    const index = this.#types.size;
    this.#types.set(key, { index, signature });
    return index;
  }
}

const KIND = { function: 0x00, memory: 0x02 };

type Write = (out: number[]) => void;

const typeOf =
  ({ signature }: { readonly signature: Signature }): Write =>
  (out) => {
    out.push(0x60);
    for (const types of [signature.params, signature.results]) {
      unsigned(out, types.length);
      for (const type of types) out.push(TYPES[type]);
    }
  };

function memoryImport(out: number[], { minimum, shared }: MemoryLimits): void {
  name(out, "host");
  name(out, "memory");
  out.push(KIND.memory, shared === undefined ? 0x00 : 0x03);
  unsigned(out, minimum);
  if (shared !== undefined) unsigned(out, shared);
}

const exportOf =
  ([label, index]: readonly [string, number]): Write =>
  (out) => {
    name(out, label);
    out.push(KIND.function);
    unsigned(out, index);
  };

/** A section of some entries, each written by a function. */
function section(id: number, entries: readonly Write[]): Uint8Array {
  const content: number[] = [];
  unsigned(content, entries.length);
  for (const write of entries) write(content);
  const head = [id];
  unsigned(head, content.length);
  return joined([Uint8Array.from(head), Uint8Array.from(content)]);
}

/** What debuggers, profilers and the printer call the functions: appendix A.7.4. */
function nameSection(functions: readonly { readonly name: string }[]): Uint8Array {
  const names: number[] = [];
  unsigned(names, functions.length);
  for (const [index, { name: label }] of functions.entries()) {
    unsigned(names, index);
    name(names, label);
  }
  const content: number[] = [];
  name(content, "name");
  content.push(1);
  unsigned(content, names.length);
  const head = [0];
  unsigned(head, content.length + names.length);
  return joined([Uint8Array.from(head), Uint8Array.from(content), Uint8Array.from(names)]);
}

function codeSection(bodies: readonly Uint8Array[]): Uint8Array {
  const count: number[] = [];
  unsigned(count, bodies.length);
  const sized = bodies.flatMap((body) => {
    const size: number[] = [];
    unsigned(size, body.length);
    return [Uint8Array.from(size), body];
  });
  const content = joined([Uint8Array.from(count), ...sized]);
  const head = [10];
  unsigned(head, content.length);
  return joined([Uint8Array.from(head), content]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
