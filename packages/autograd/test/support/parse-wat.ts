import { unsigned } from "../../src/compile/wasm/bytes.js";
import { Code, TYPES, type ValueType } from "../../src/compile/wasm/code.js";
import { opcode } from "../../src/compile/wasm/opcodes.js";

/** The bodies of the functions of a module in text, as bytes, by name. */
export function bodiesOf(wat: string): Map<string, Uint8Array> {
  const lines = wat.split("\n").map((line) => line.trim());
  const declared = lines.filter((line) => !line.startsWith("(export"));
  const ids = declared.flatMap((line) => /\(func (\$[^\s)]+)/.exec(line)?.[1] ?? []);
  const bodies = new Map<string, Uint8Array>();
  for (let at = 0; at < lines.length; at++) {
    const name = /^\(func (\$\S+)/.exec(lines[at]!)?.[1];
    if (!name) continue;
    const end = lines.indexOf(")", at);
    bodies.set(name, bodyOf(lines.slice(at + 1, end), ids));
    at = end;
  }
  return bodies;
}

function bodyOf(lines: readonly string[], ids: readonly string[]): Uint8Array {
  const runs = lines.filter((line) => line.startsWith("(local"));
  const out: number[] = [];
  unsigned(out, runs.length);
  for (const run of runs) {
    const types = run.slice("(local ".length, -1).split(" ") as ValueType[];
    unsigned(out, types.length);
    out.push(TYPES[types[0]!]);
  }
  const code = new Code({ params: [], results: [] });
  for (const line of lines.slice(runs.length)) instruction(code, line, ids);
  return Uint8Array.from([...out, ...code.bytes, opcode("end").code[0]!]);
}

function instruction(code: Code, line: string, ids: readonly string[]): void {
  const [name, ...words] = line.split(" ") as [string, ...string[]];
  const { immediate } = opcode(name);
  const offset = Number(/offset=(\d+)/.exec(line)?.[1] ?? 0);
  switch (immediate) {
    case "block":
      code.emit(name, words.length > 0 ? TYPES[words[1]!.slice(0, -1) as ValueType] : 0x40);
      return;
    case "memory":
      code.emit(name, offset);
      return;
    case "memoryLane":
      code.emit(name, offset, Number(words.at(-1)));
      return;
    case "v128": {
      const lanes = words.slice(1).map(Number);
      code.emit(name, ...new Uint8Array(Uint32Array.from(lanes).buffer));
      return;
    }
    default:
      code.emit(name, ...words.map((word) => numberOf(word, ids)));
  }
}

function numberOf(word: string, ids: readonly string[]): number {
  if (word.startsWith("$")) return ids.indexOf(word);
  if (word.endsWith("inf")) return word === "inf" ? Infinity : -Infinity;
  return Number(word === "nan" ? Number.NaN : word);
}
