import { type DType, type Tensor, type TypedArray, tensor, ValueError } from "@neurite/autograd";
import { elementsOf } from "../../data/take.js";
import { parseExact, stringifyExact } from "./exact-json.js";
import type { TrainingState } from "./training-state.js";

// Laid out as safetensors: 8 bytes little-endian length of the header, the header as JSON, then the
// tensors' bytes, little-endian. https://github.com/huggingface/safetensors, format section.

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** From the end of the header. */
  readonly data_offsets: readonly [start: number, end: number];
}

const codes: Readonly<Record<DType, string>> = {
  float32: "F32",
  float64: "F64",
  int32: "I32",
  bool: "BOOL",
};

const arrays = {
  F32: { dtype: "float32", make: (buffer: ArrayBuffer) => new Float32Array(buffer), bytes: 4 },
  F64: { dtype: "float64", make: (buffer: ArrayBuffer) => new Float64Array(buffer), bytes: 8 },
  I32: { dtype: "int32", make: (buffer: ArrayBuffer) => new Int32Array(buffer), bytes: 4 },
  BOOL: { dtype: "bool", make: (buffer: ArrayBuffer) => new Uint8Array(buffer), bytes: 1 },
} as const;

const lengthBytes = 8;
const metadata = "__metadata__";
const format = "neurite training state";

/** A training state as bytes: a safetensors file, whose metadata holds all that is no tensor. */
export function encodeState({ tensors, ...facts }: TrainingState): Uint8Array {
  const parts: Uint8Array[] = [];
  let end = 0;
  const entries = Object.entries(tensors).map(([name, x]): [string, Entry] => {
    const bytes = littleEndian(elementsOf(x));
    parts.push(bytes);
    const start = end;
    end += bytes.length;
    return [name, { dtype: codes[x.dtype], shape: x.shape, data_offsets: [start, end] }];
  });
  const about = { format, state: stringifyExact(facts) };
  const header = JSON.stringify(Object.fromEntries([[metadata, about], ...entries]));
  const text = new TextEncoder().encode(header);
  // Spaces after the header let the data begin at a multiple of 8.
  const headerBytes = Math.ceil(text.length / lengthBytes) * lengthBytes;
  const file = new Uint8Array(lengthBytes + headerBytes + end).fill(0x20);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.set(text, lengthBytes);
  let at = lengthBytes + headerBytes;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** Reads what `encodeState` wrote; `name` is what errors call the bytes. */
export function decodeState(bytes: Uint8Array, name = "the checkpoint"): TrainingState {
  const header = readHeader(bytes, name);
  const { [metadata]: about, ...entries } = header.entries;
  if (about?.format !== format) {
    throw unreadable(`${name} is not a training state of neurite`);
  }
  const tensors = Object.entries(entries).map(([path, entry]) => [
    path,
    readTensor(bytes.subarray(header.end), path, entry as unknown as Entry, name),
  ]);
  const facts = parseExact(String(about.state)) as Omit<TrainingState, "tensors">;
  return { ...facts, tensors: Object.fromEntries(tensors) };
}

function readHeader(bytes: Uint8Array, name: string) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < lengthBytes ? 0 : Number(view.getBigUint64(0, true));
  const end = lengthBytes + length;
  if (bytes.length < lengthBytes || end > bytes.length) {
    throw unreadable(`${name} has ${bytes.length} bytes, its header should end at ${end}`);
  }
  try {
    const text = new TextDecoder().decode(bytes.subarray(lengthBytes, end));
    const entries: Readonly<Record<string, Record<string, unknown>>> = JSON.parse(text);
    return { entries, end };
  } catch (cause) {
    throw unreadable(`the header of ${name}, ${length} bytes long, is not JSON`, cause);
  }
}

function readTensor(data: Uint8Array, path: string, entry: Entry, name: string): Tensor {
  const { dtype: code, shape = [], data_offsets: offsets = [0, Number.NaN] } = entry;
  const array = Object.hasOwn(arrays, code) ? arrays[code as keyof typeof arrays] : undefined;
  if (!array) throw unreadable(`${name} holds ${path} as ${code}, which is unknown here`);
  const wanted = shape.reduce((size, side) => size * side, array.bytes);
  const [start, end] = offsets;
  if (end - start !== wanted || start < 0 || end > data.length) {
    const found = `bytes ${start} to ${end} of ${data.length}`;
    throw unreadable(`${name} holds ${path} in ${found}, which should be ${wanted} bytes`);
  }
  const own = littleEndian(data.slice(start, end), array.bytes);
  const { buffer } = own.byteLength === own.buffer.byteLength ? own : own.slice();
  return tensor(array.make(buffer as ArrayBuffer), { shape, dtype: array.dtype });
}

/** The bytes of the elements, the lowest first; turned round on a machine that has it otherwise. */
function littleEndian(elements: TypedArray | Uint8Array, width = elements.BYTES_PER_ELEMENT) {
  const { buffer, byteOffset, byteLength } = elements;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  if (width === 1 || new Uint8Array(Uint16Array.of(1).buffer)[0] === 1) return bytes;
  const turned = bytes.slice();
  for (let at = 0; at < turned.length; at += width) turned.subarray(at, at + width).reverse();
  return turned;
}

const unreadable = (problem: string, cause?: unknown): ValueError =>
  new ValueError("decodeState", problem, {
    fix: "give the bytes of a whole file, as encodeState made them",
    ...(cause !== undefined && { cause }),
  });
