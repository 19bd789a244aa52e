/** The part of the WebAssembly interface that the engine uses; tsc knows it only with the DOM. */
export interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

type Exports = Readonly<Record<string, (...numbers: number[]) => number>>;

interface Api {
  readonly Memory: new (limits: { initial: number; maximum?: number; shared?: boolean }) => Memory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Exports };
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}

/** Undefined where there is no WebAssembly at all. */
export const webAssembly = (globalThis as { readonly WebAssembly?: Api }).WebAssembly;
