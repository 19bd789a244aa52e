import { type DType, type Tensor, type TypedArray, tensor, ValueError } from "@neurite/autograd";
import { dtypeOf, type Entry, LENGTH_BYTES, METADATA } from "./format.js";

/** What a safetensors file holds. */
export interface Safetensors {
  /** By name, in the order of the file. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads the bytes of a safetensors file. Every number in the header is checked against the bytes
 * that are there before anything is allocated.
 */
export function readSafetensors(file: Uint8Array): Safetensors {
  const { header, data } = splitFile(file);
  const entries = [...header].filter(([name]) => name !== METADATA);
  const ordered = entries
    .map(([name, entry]) => checkEntry(name, entry, data.length))
    .sort((a, b) => a.data_offsets[0] - b.data_offsets[0]);
  for (const [i, entry] of ordered.entries()) {
    const before = ordered[i - 1];
    if (before && entry.data_offsets[0] < before.data_offsets[1]) {
      throw corrupt(`the tensors ${before.name} and ${entry.name} overlap`);
    }
  }
  const tensors = new Map(ordered.map((entry) => [entry.name, readTensor(entry, data)]));
  return { tensors, metadata: checkMetadata(header.get(METADATA)) };
}

function splitFile(file: Uint8Array) {
  if (file.length < LENGTH_BYTES) throw corrupt(`${file.length} bytes are no header`);
  const length = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  if (length > BigInt(file.length - LENGTH_BYTES)) {
    throw corrupt(`the header claims ${length} bytes, ${file.length - LENGTH_BYTES} are there`);
  }
  const start = LENGTH_BYTES + Number(length);
  const text = new TextDecoder().decode(file.subarray(LENGTH_BYTES, start));
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw corrupt(`the header is not JSON: ${(cause as Error).message}`);
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw corrupt("the header is not a JSON object");
  }
  return { header: new Map<string, unknown>(Object.entries(parsed)), data: file.subarray(start) };
}

function checkMetadata(metadata: unknown = {}): Readonly<Record<string, string>> {
  const isRecord = typeof metadata === "object" && metadata !== null && !Array.isArray(metadata);
  if (isRecord && Object.values(metadata).every((text) => typeof text === "string")) {
    return metadata as Record<string, string>;
  }
  throw corrupt(`the metadata is ${JSON.stringify(metadata)}, expected texts by name`);
}

type NamedEntry = Entry & { readonly name: string; readonly type: DType };

function checkEntry(name: string, entry: unknown, available: number): NamedEntry {
  const { dtype, shape, data_offsets } = (entry ?? {}) as Partial<Entry>;
  const type = dtypeOf.get(String(dtype));
  if (!type) throw corrupt(`tensor ${name} has the dtype ${dtype}, which neurite does not know`);
  const isCount = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0;
  if (!Array.isArray(shape) || !shape.every(isCount)) {
    throw corrupt(`tensor ${name} has the shape ${JSON.stringify(shape)}`);
  }
  if (!Array.isArray(data_offsets) || data_offsets.length !== 2 || !data_offsets.every(isCount)) {
    throw corrupt(`tensor ${name} has the offsets ${JSON.stringify(data_offsets)}`);
  }
  const [start, end] = data_offsets as [number, number];
  const bytes = shape.reduce((product, side) => product * side, BYTES[type]);
  if (end - start !== bytes) {
    throw corrupt(`tensor ${name} needs ${bytes} bytes, its offsets ${start} to ${end} differ`);
  }
  if (end > available) {
    throw corrupt(`tensor ${name} ends at byte ${end} of the data, ${available} are there`);
  }
  return { name, type, dtype: String(dtype), shape, data_offsets: [start, end] };
}

const BYTES: Readonly<Record<DType, number>> = { float32: 4, float64: 8, int32: 4, bool: 1 };

function readTensor({ type, shape, data_offsets: [start, end] }: NamedEntry, data: Uint8Array) {
  // A copy: typed arrays must begin at a multiple of their element's size. Not by slice(), which
  // Node's Buffer overrides with a view of its pool.
  const { buffer } = new Uint8Array(data.subarray(start, end));
  const views: Record<DType, () => TypedArray> = {
    float32: () => new Float32Array(buffer),
    float64: () => new Float64Array(buffer),
    int32: () => new Int32Array(buffer),
    bool: () => new Uint8Array(buffer),
  };
  return tensor(views[type](), { shape, dtype: type });
}

const corrupt = (problem: string) =>
  new ValueError("readSafetensors", problem, { fix: "the file is damaged or no safetensors file" });
