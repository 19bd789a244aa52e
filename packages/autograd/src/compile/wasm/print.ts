import type { Signature, ValueType } from "./code.js";
import { printCode } from "./print-code.js";
import { Reader } from "./reader.js";

/**
 * A module as the engine writes it, in the text format (WebAssembly Core Specification 2.0, chapter
 * 6). Functions have the names of their kernels; locals have their numbers.
 */
export function printModule(bytes: Uint8Array): string {
  const sections = sectionsOf(bytes);
  const types = sections(1);
  const signatures = types.list(() => signatureAt(types));
  const ids = identifiersOf(namesAt(sections(0)));
  const functions: Function[] = [];
  const declare = (type: number): string => {
    const added = { id: ids[functions.length]!, types: showTypes(signatures[type]!) };
    functions.push(added);
    return `(func ${added.id}${added.types}`;
  };
  const imports = sections(2);
  const given = imports.list(() => {
    const path = `"${imports.name()}" "${imports.name()}"`;
    const what = imports.byte() === 0 ? `${declare(imports.unsigned())})` : memoryAt(imports);
    return `(import ${path} ${what})`;
  });
  const own = sections(3);
  const heads = own.list(() => declare(own.unsigned()));
  const exports = sections(7);
  const offered = exports.list(() => {
    const label = exports.name();
    exports.byte(); // functions alone are exported
    return `(export "${label}" (func ${functions[exports.unsigned()]!.id}))`;
  });
  const code = sections(10);
  const bodies = code.list(() => new Reader(code.take(code.unsigned())));
  const written = bodies.flatMap((body, i) => [
    heads[i]!,
    ...localsAt(body).map((line) => `  ${line}`),
    ...printCode(body, (index) => functions[index]!.id).map((line) => `  ${line}`),
    ")",
  ]);
  const lines = [...given, ...offered, ...written];
  return ["(module", ...lines.map((line) => `  ${line}`), ")"].join("\n");
}

interface Function {
  readonly id: string;
  readonly types: string;
}

const HEADER = 8;

/** The content of each section, by its number; a count of 0 for those that are not there. */
function sectionsOf(bytes: Uint8Array): (id: number) => Reader {
  const all = new Map<number, Uint8Array>();
  const reader = new Reader(bytes.subarray(HEADER));
  while (!reader.isAtEnd) all.set(reader.byte(), reader.take(reader.unsigned()));
  return (id) => new Reader(all.get(id) ?? Uint8Array.of(0));
}

function signatureAt(reader: Reader): Signature {
  reader.byte(); // of a function
  const [params, results] = [0, 0].map(() => reader.list(() => reader.type()));
  return { params: params!, results: results! };
}

function memoryAt(reader: Reader): string {
  const isShared = reader.byte() === 3;
  const limits = isShared ? [reader.unsigned(), reader.unsigned(), "shared"] : [reader.unsigned()];
  return `(memory ${limits.join(" ")})`;
}

/** The names of functions in order: subsection 1 of the custom section "name". */
function namesAt(reader: Reader): string[] {
  reader.name();
  reader.byte();
  reader.unsigned();
  return reader.list(() => {
    reader.unsigned(); // the index: all have names
    return reader.name();
  });
}

/** An identifier for each function: its name in the letters that there are for one. */
export function identifiersOf(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const letters = name.replace(/[^\w!#$%&'*+\-./:<=>?@\\^`|~]+/g, "_");
    const id = taken.has(letters) ? `${letters}.${index}` : letters;
    taken.add(id);
    return `$${id}`;
  });
}

function showTypes({ params, results }: Signature): string {
  const list = (word: string, types: readonly ValueType[]) =>
    types.length > 0 ? ` (${word} ${types.join(" ")})` : "";
  return list("param", params) + list("result", results);
}

/** The locals of a function, a line for each run of one type. */
const localsAt = (body: Reader): string[] =>
  body.list(() => {
    const count = body.unsigned();
    return `(local${` ${body.type()}`.repeat(count)})`;
  });
