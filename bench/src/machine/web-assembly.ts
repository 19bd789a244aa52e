/** What the yardsticks use of WebAssembly, which Node's types do not declare. */
export interface Memory {
  readonly buffer: ArrayBuffer;
}

interface Interface {
  readonly Memory: new (size: { readonly initial: number }) => Memory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Exports };
}
type Exports = { readonly [name: string]: unknown };

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Interface };

/** Memory of at least the given number of bytes. */
export const allocate = (bytes: number): Memory =>
  new WebAssembly.Memory({ initial: Math.ceil(bytes / 65536) });

export const instantiate = (bytes: Uint8Array, imports: object): Exports =>
  new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports;
