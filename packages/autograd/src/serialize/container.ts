import { malformed } from "./malformed.js";
import { syntaxErrorAt } from "./syntax.js";

/** The length of the header, as an unsigned little-endian integer. */
const LENGTH_BYTES = 8;

/** Header and data as one file. */
export function join(header: string, parts: readonly Uint8Array[]): Uint8Array {
  const text = new TextEncoder().encode(header);
  const dataBytes = parts.reduce((sum, { length }) => sum + length, 0);
  const file = new Uint8Array(LENGTH_BYTES + text.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, LENGTH_BYTES);
  let at = LENGTH_BYTES + text.length;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** The header, parsed, and the data. */
export function split(file: Uint8Array): { header: unknown; data: Uint8Array } {
  if (file.length < LENGTH_BYTES) {
    throw malformed(`the file ends at byte ${file.length}, within its first ${LENGTH_BYTES} bytes`);
  }
  const length = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  const available = file.length - LENGTH_BYTES;
  if (length > BigInt(available)) {
    const problem = `the header claims ${length} bytes, but the file ends at byte ${file.length}`;
    throw malformed(`${problem}, after ${available} of them`);
  }
  const end = LENGTH_BYTES + Number(length);
  return { header: parse(file.subarray(LENGTH_BYTES, end)), data: file.subarray(end) };
}

function parse(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true }).decode(bytes);
  } catch {
    throw malformed("the header is not UTF-8");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw malformed(`the header is not JSON: ${placeOf(text, syntaxErrorAt(text))}`);
  }
}

/** Line, column and byte of a character of the header, and what is there. */
function placeOf(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  const column = at - before.lastIndexOf("\n");
  const byte = LENGTH_BYTES + new TextEncoder().encode(before).length;
  const found = at < text.length ? JSON.stringify(text[at]) : "the end";
  return `unexpected ${found} at line ${line}, column ${column} (byte ${byte} of the file)`;
}
