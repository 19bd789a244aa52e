/**
 * Assembles a WebAssembly module of one function `run` over an imported memory, for the yardsticks.
 * Encodings: WebAssembly Core Specification 2.0, section 5.
 */
import { instantiate, type Memory } from "./web-assembly.js";

type Bytes = readonly number[];

function unsigned(value: number): Bytes {
  const low = value & 127;
  return value < 128 ? [low] : [low | 128, ...unsigned(value >>> 7)];
}

function signed(value: number): Bytes {
  const low = value & 127;
  const rest = value >> 7;
  const isLast = (rest === 0 && low < 64) || (rest === -1 && low >= 64);
  return isLast ? [low] : [low | 128, ...signed(rest)];
}

const simd = (opcode: number): Bytes => [0xfd, ...unsigned(opcode)];
const list = (items: readonly Bytes[]): Bytes => [...unsigned(items.length), ...items.flat()];
const section = (id: number, content: Bytes): Bytes => [
  id,
  ...unsigned(content.length),
  ...content,
];
const name = (text: string): Bytes => [...unsigned(text.length), ...Buffer.from(text)];

const I32 = 0x7f;
export const V128 = 0x7b;

/** Instructions by the names of the text format. */
export const code = {
  get: (local: number): Bytes => [0x20, ...unsigned(local)],
  set: (local: number): Bytes => [0x21, ...unsigned(local)],
  tee: (local: number): Bytes => [0x22, ...unsigned(local)],
  i32: (value: number): Bytes => [0x41, ...signed(value)],
  i32Add: [0x6a],
  i32Sub: [0x6b],
  /** f32x4.splat of a constant. */
  splat: (value: number): Bytes => [
    0x43,
    ...new Uint8Array(Float32Array.of(value).buffer),
    ...simd(0x13),
  ],
  load: (offset: number): Bytes => [...simd(0x00), 4, ...unsigned(offset)],
  store: (offset: number): Bytes => [...simd(0x0b), 4, ...unsigned(offset)],
  add: simd(0xe4),
  mul: simd(0xe6),
  /** A loop that runs until its body leaves 0 on the stack. */
  loop: (body: Bytes): Bytes => [0x03, 0x40, ...body, 0x0d, 0, 0x0b],
} as const;

/** The function `run` with `parameters` i32 parameters and the given further locals. */
export function assemble(
  parameters: number,
  locals: readonly number[],
  body: Bytes,
  memory: Memory,
): (...args: number[]) => void {
  const declared = list(locals.map((type) => [1, type]));
  const entry = [...declared, ...body, 0x0b];
  const bytes = Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list([[0x60, ...list(Array(parameters).fill([I32])), 0]])),
    ...section(2, list([[...name("m"), ...name("m"), 2, 0, 0]])),
    ...section(3, list([[0]])),
    ...section(7, list([[...name("run"), 0, 0]])),
    ...section(10, list([[...unsigned(entry.length), ...entry]])),
  ]);
  return instantiate(bytes, { m: { m: memory } }).run as (...args: number[]) => void;
}
