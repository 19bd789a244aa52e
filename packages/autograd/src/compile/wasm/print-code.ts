import { TYPES, type ValueType } from "./code.js";
import { type Opcode, opcodes } from "./opcodes.js";
import type { Reader } from "./reader.js";

/** Instructions by the number of their bytes: the prefix in front of what follows it. */
const instructions = new Map<number, readonly [name: string, opcode: Opcode]>();
for (const [name, opcode] of opcodes) {
  const [first, low = 0, high = 0] = opcode.code;
  instructions.set((first! << 16) | (high << 8) | low, [name, opcode]);
}

const results = new Map(Object.entries(TYPES).map(([type, code]) => [code, type as ValueType]));

/** The instructions up to the end of a function, one a line, blocks indented. */
export function printCode(reader: Reader, nameOf: (index: number) => string): string[] {
  const lines: string[] = [];
  for (let depth = 0; ; ) {
    const [name, { immediate, align }] = next(reader);
    if (name === "end" && depth === 0) return lines;
    const words = [name, ...immediates(reader, immediate, align)];
    if (name === "call") words[1] = nameOf(Number(words[1]));
    if (name === "end" || name === "else") depth--;
    lines.push("  ".repeat(depth) + words.join(" "));
    if (immediate === "block" || name === "else") depth++;
  }
}

function next(reader: Reader): readonly [name: string, opcode: Opcode] {
  const first = reader.byte();
  let number = first << 16;
  if (first >= 0xfc) {
    const low = reader.byte();
    number |= low < 0x80 ? low : low | (reader.byte() << 8);
  }
  const known = instructions.get(number);
  if (!known) throw new Error(`no instruction 0x${number.toString(16)}`);
  return known;
}

/** What follows an opcode, as words. */
function immediates(
  reader: Reader,
  immediate: Opcode["immediate"],
  align: number,
): readonly (string | number)[] {
  const several = (count: number) => Array.from({ length: count }, () => reader.byte());
  switch (immediate) {
    case undefined:
      return [];
    case "index":
    case "label":
      return [reader.unsigned()];
    case "table":
      return [...reader.list(() => reader.unsigned()), reader.unsigned()];
    case "block": {
      const type = results.get(reader.byte());
      return type ? [`(result ${type})`] : [];
    }
    case "i32":
    case "i64":
      return [String(reader.signed())];
    case "f32":
      return [showFloat(reader.float32())];
    case "f64":
      return [showFloat(reader.float64())];
    case "v128":
      return ["i32x4", ...Array.from({ length: 4 }, () => hexadecimal(several(4)))];
    case "memory":
      return showAccess(reader, align);
    case "memoryLane":
      return [...showAccess(reader, align), reader.byte()];
    case "lane":
      return [reader.byte()];
    case "lanes":
      return several(16);
    case "copy":
      several(2);
      return [];
    case "fill":
      several(1);
      return [];
  }
}

/** The offset and the alignment, unless they are none and the natural one. */
function showAccess(reader: Reader, natural: number): string[] {
  const [align, offset] = [reader.unsigned(), reader.unsigned()];
  return [
    ...(offset === 0 ? [] : [`offset=${offset}`]),
    ...(align === natural ? [] : [`align=${2 ** align}`]),
  ];
}

/** Little-endian bytes as one number. */
const hexadecimal = (bytes: readonly number[]): string =>
  `0x${bytes
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .reverse()
    .join("")}`;

function showFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return Object.is(value, -0) ? "-0" : String(value);
}
