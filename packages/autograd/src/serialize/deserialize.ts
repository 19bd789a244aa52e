import { NeuriteError, ValueError } from "../errors.js";
import type { Op, Tensor } from "../op.js";
import { withRecording } from "../recording.js";
import { withEffects } from "../trace/effects.js";
import { between, type Capture, type Graph } from "../trace/graph.js";
import { GradientIsNull } from "../trace/trace.js";
import type { Tree } from "../tree.js";
import { split } from "./container.js";
import { FORMAT, VERSION } from "./format.js";
import { countOf, fieldsOf, flagOf, listOf, malformed } from "./malformed.js";
import { GraphReader, nodeIn } from "./reader.js";

export interface DeserializeOptions {
  /** The ops made by `defineOp` that the graph uses. */
  readonly ops?: readonly { readonly op: Op<never> }[];
}

/**
 * The graph that `serialize` wrote: the roots in their nesting, or the graph of a traced function;
 * `T` is what the caller knows of it. It is recorded again, op by op, so it can be printed,
 * differentiated and replayed like the one that was written; variables are new variables. Every
 * number in the file is checked before it is used.
 */
export function deserialize<T extends Tree | Graph = Tree>(
  file: Uint8Array,
  { ops = [] }: DeserializeOptions = {},
): T {
  if (!(file instanceof Uint8Array)) {
    throw new ValueError("deserialize", `expected the bytes of a file, got ${typeof file}`, {
      fix: "read the file without an encoding: readFileSync(path)",
    });
  }
  try {
    return withEffects(null, () => withRecording(true, () => read(file, ops))) as T;
  } catch (cause) {
    if (cause instanceof NeuriteError) throw cause;
    // Such as a nesting that is deeper than the stack.
    throw malformed(`the file cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function read(file: Uint8Array, ops: readonly { readonly op: Op<never> }[]): Tree | Graph {
  const { header, data } = split(file);
  const fields = fieldsOf(header, "the header");
  checkVersion(fields);
  const reader = new GraphReader(data, ops);
  reader.scopesOf(fields.scopes);
  reader.variablesOf(fields.variables);
  reader.piecesOf(fields.pieces);
  const nodes = reader.nodesOf(fields.nodes, "");
  reader.checkAllUsed();
  return fields.traced === undefined
    ? rootsOf(fields.roots, reader, nodes)
    : tracedOf(fields.traced, reader, nodes);
}

function checkVersion({ format, version }: Readonly<Record<string, unknown>>): void {
  if (format !== FORMAT) {
    throw malformed(`the format is ${JSON.stringify(format)}, expected ${JSON.stringify(FORMAT)}`);
  }
  const found = countOf(version, "the version");
  if (found <= VERSION && found > 0) return;
  throw malformed(`the file has version ${found}, this neurite reads version ${VERSION}`, {
    fix: "update @neurite/autograd, or write the file with the version that is installed here",
  });
}

type Nodes = ReadonlyMap<number, Tensor>;

function rootsOf(entry: unknown, reader: GraphReader, nodes: Nodes): Tree {
  if (entry === null) return null;
  if (typeof entry === "number") return nodeIn(nodes, entry, "a root");
  if (typeof entry === "string") {
    const at = /^v\d+$/.test(entry) ? Number(entry.slice(1)) : entry;
    return reader.variable(at, "a root");
  }
  if (Array.isArray(entry)) return entry.map((child) => rootsOf(child, reader, nodes));
  const fields = Object.entries(fieldsOf(entry, "a root"));
  return Object.fromEntries(fields.map(([name, child]) => [name, rootsOf(child, reader, nodes)]));
}

function tracedOf(entry: unknown, reader: GraphReader, nodes: Nodes): Graph {
  const traced = fieldsOf(entry, "traced");
  const each = <T>(name: string, item: (fields: Readonly<Record<string, unknown>>) => T): T[] =>
    listOf(traced[name], name).map((value) => item(fieldsOf(value, `one of the ${name}`)));
  const placeOf = (place: unknown): Capture["place"] => {
    if (place === "value" || place === "grad") return place;
    throw malformed(`a place is ${JSON.stringify(place)}, expected "value" or "grad"`);
  };
  const node = (id: unknown, what: string) => nodeIn(nodes, id, what);
  const inputs = listOf(traced.inputs, "inputs").map((id) => node(id, "an input"));
  const outputs = listOf(traced.outputs, "outputs").map((id) => node(id, "an output"));
  const captures = each("captures", (fields) => ({
    cell: reader.variable(fields.variable, "a capture"),
    place: placeOf(fields.place),
    node: node(fields.node, "a capture"),
  }));
  const writes = each("writes", (fields) => ({
    cell: reader.variable(fields.variable, "a write"),
    place: placeOf(fields.place),
    node: fields.node === null ? null : node(fields.node, "a write"),
  }));
  const guards = each("guards", (fields) => ({
    cell: new GradientIsNull(reader.variable(fields.variable, "a guard")),
    value: flagOf(fields.isNull, "isNull"),
  }));
  const given = [...inputs, ...captures.map(({ node }) => node)];
  const piece = between(given, [...outputs, ...writes.flatMap(({ node }) => node ?? [])]);
  return { ...piece, inputs, outputs, captures, writes, guards };
}
