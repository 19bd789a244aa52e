import { type Operand, ValueError } from "@neurite/autograd";
import { codeOf, type Entry, LENGTH_BYTES, METADATA } from "./format.js";

/** The bytes of a safetensors file with these tensors, in this order, and text about them. */
export function writeSafetensors(
  tensors: Iterable<readonly [name: string, tensor: Operand]>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  const header = new Map<string, Entry | Readonly<Record<string, string>>>();
  if (metadata) header.set(METADATA, metadata);
  const parts: Uint8Array[] = [];
  let end = 0;
  for (const [name, operand] of tensors) {
    if (header.has(name)) {
      throw new ValueError("writeSafetensors", `the name ${JSON.stringify(name)} is taken`, {
        fix: "give every tensor a name of its own",
      });
    }
    const node = operand.asTensor();
    const { buffer, byteOffset, byteLength } = node.toTypedArray();
    const start = end;
    end += byteLength;
    parts.push(new Uint8Array(buffer, byteOffset, byteLength));
    header.set(name, {
      dtype: codeOf[node.dtype],
      shape: node.shape,
      data_offsets: [start, end],
    });
  }
  return join(JSON.stringify(Object.fromEntries(header)), parts, end);
}

function join(header: string, parts: readonly Uint8Array[], dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  // Spaces after the header let the data begin at a multiple of 8.
  const headerBytes = Math.ceil(text.length / LENGTH_BYTES) * LENGTH_BYTES;
  const file = new Uint8Array(LENGTH_BYTES + headerBytes + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  file.set(text, LENGTH_BYTES);
  let at = LENGTH_BYTES + headerBytes;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}
